"""Import presets: mapping files that come with the product, with options that the data or a person decide."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from features.errors import UsageError
from features.intake.mapping.file import parsed, read_toml, refuse
from features.intake.mapping.layers import laid_over, optional, required
from features.intake.mapping.model import Mapping

FOLDER = Path(__file__).parent / "presets"
AUTO = "auto"
_OWN = ("options", "variants")


@dataclass(frozen=True)
class Preset:
    """A mapping of exports in known words.

    Attributes:
        name: its name.
        text: the file, for the hash of what was read.
        options: the values that each option may have, ``auto`` (the data decide) first.
        base: what holds whatever is chosen, as the content of a mapping file.
        variants: what each value of each option lays over it.
    """

    name: str
    text: str
    options: dict[str, tuple[str, ...]]
    base: dict[str, Any]
    variants: dict[str, dict[str, dict[str, Any]]]

    def mapping(self, chosen: AnyMapping[str, str], own: AnyMapping[str, Any], where: str) -> Mapping:
        """The mapping under chosen options, with a fund's own over it.

        Args:
            chosen: value by option; the first variant holds where it is ``auto``.
            own: content of the fund's mapping file; may be empty.
            where: name of that file.

        Raises:
            MappingError: the two together make no sense.
        """
        content = self.base
        for option, variants in self.variants.items():
            value = chosen[option]
            content = laid_over(content, optional(variants[next(iter(variants)) if value == AUTO else value]))
        return parsed(laid_over(content, required(own)), where)

    def settled(self, asked: AnyMapping[str, str]) -> dict[str, str]:
        """The value of every option: what was asked, else ``auto``.

        Raises:
            UsageError: an option or a value that the preset does not have.
        """
        problems = [
            f"{name}={value}: the preset has {self._known(name)}"
            for name, value in asked.items()
            if value not in self.options.get(name, ())
        ]
        if problems:
            raise UsageError(
                "The preset has no such option, or the option no such value.",
                where=self.name,
                problems=problems,
                next_step="see docs/nhsa.md",
            )
        return dict.fromkeys(self.options, AUTO) | dict(asked)

    def _known(self, name: str) -> str:
        if name in self.options:
            return f"{name}={'|'.join(self.options[name])}"
        return ", ".join(self.options)


def load_preset(name: str) -> Preset:
    """Read a preset.

    Raises:
        UsageError: there is none of the name.
    """
    path = FOLDER / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in FOLDER.glob("*.toml")))
        raise UsageError("There is no such preset.", where=name, next_step=f"use one of: {known}")
    text = path.read_text(encoding="utf-8")
    content = tomllib.loads(text)
    base = {key: value for key, value in content.items() if key not in _OWN}
    options = {option: tuple(entry["values"]) for option, entry in content["options"].items()}
    return Preset(name, text, options, optional(base), content["variants"])


def own_content(path: Path | None, preset: Preset) -> tuple[dict[str, Any], dict[str, str]]:
    """A fund's mapping file beside a preset: its content, and the options that it sets.

    It may name the code lists of the preset.

    Raises:
        MappingError: it cannot be read or used.
    """
    if path is None:
        return {}, {}
    content = read_toml(path)
    options = content.pop("options", {})
    if not isinstance(options, dict) or not all(isinstance(value, str) for value in options.values()):
        refuse(path.name, ["options: must be a table of texts"])
    codes = content.get("codes", {})
    both = {**preset.base["codes"], **codes} if isinstance(codes, dict) else codes
    parsed({**content, "codes": both}, path.name)
    return content, options
