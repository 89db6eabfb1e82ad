"""Import presets: mapping files of the product, with options that the data or the user determine."""

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
    """A mapping of exports with known names.

    Attributes:
        name: its name.
        text: the file, for the hash of what was read.
        options: the values that each option may have, ``auto`` (determined by the data) first.
        base: content of a mapping file that applies to all options.
        variants: content that overrides the base, by option and value.
    """

    name: str
    text: str
    options: dict[str, tuple[str, ...]]
    base: dict[str, Any]
    variants: dict[str, dict[str, dict[str, Any]]]

    def mapping(self, chosen: AnyMapping[str, str], own: AnyMapping[str, Any], where: str) -> Mapping:
        """The mapping for chosen options, overridden by the fund's own.

        Args:
            chosen: value by option; ``auto`` means the first variant.
            own: content of the fund's mapping file; may be empty.
            where: name of that file.

        Raises:
            MappingError: the combination is invalid.
        """
        content = self.base
        for option, variants in self.variants.items():
            value = chosen[option]
            content = laid_over(content, optional(variants[next(iter(variants)) if value == AUTO else value]))
        return parsed(laid_over(content, required(own)), where)

    def chosen(self, given: AnyMapping[str, str]) -> dict[str, str]:
        """The value of every option: the given value, else ``auto``.

        Raises:
            UsageError: an option or a value that the preset does not have.
        """
        problems = [
            f"{name}={value}: the preset has {self._known(name)}"
            for name, value in given.items()
            if value not in self.options.get(name, ())
        ]
        if problems:
            raise UsageError(
                "The preset has no such option, or the option no such value.",
                where=self.name,
                problems=problems,
                next_step="see docs/nhsa.md",
            )
        return dict.fromkeys(self.options, AUTO) | dict(given)

    def _known(self, name: str) -> str:
        if name in self.options:
            return f"{name}={'|'.join(self.options[name])}"
        return ", ".join(self.options)


def load_preset(name: str) -> Preset:
    """Read a preset.

    Raises:
        UsageError: there is no preset of this name.
    """
    path = FOLDER / f"{name}.toml"
    if not path.is_file():
        known = ", ".join(sorted(path.stem for path in FOLDER.glob("*.toml")))
        raise UsageError("There is no such preset.", where=name, next_step=f"use one of: {known}")
    text = path.read_text(encoding="utf-8")
    content = tomllib.loads(text)
    base = {key: value for key, value in content.items() if key not in _OWN}
    options = {option: tuple(entry["values"]) for option, entry in content["options"].items()}
    return Preset(name, text, options, optional(base), content["variants"])


def own_content(path: Path | None, preset: Preset) -> tuple[dict[str, Any], dict[str, str]]:
    """The content of a fund's mapping file that overrides a preset, and the options that it sets.

    The file may use the code lists of the preset.

    Raises:
        MappingError: the file is unreadable or invalid.
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
