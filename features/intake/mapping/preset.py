"""Import presets: mapping files of the product, with options that the data or the user determine."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping as AnyMapping
from dataclasses import dataclass
from pathlib import Path

from features.errors import UsageError
from features.intake.mapping.entries import MappingEntries, MappingFile, PresetFile
from features.intake.mapping.file import checked_mapping, read_entries
from features.intake.mapping.layers import overlay, with_optional
from features.intake.mapping.model import Mapping
from features.message import Message

FOLDER = Path(__file__).parent / "presets"
AUTO = "auto"


@dataclass(frozen=True)
class Preset:
    """A mapping of exports with known names.

    Attributes:
        name: its name.
        text: the file, for the hash of what was read.
        options: the values that each option may have, ``auto`` (determined by the data) first.
        base: entries that apply to all options.
        variants: entries that override the base, by option and value.
    """

    name: str
    text: str
    options: AnyMapping[str, tuple[str, ...]]
    base: MappingEntries
    variants: AnyMapping[str, AnyMapping[str, MappingEntries]]

    def mapping(self, chosen: AnyMapping[str, str], own: MappingFile, where: str) -> Mapping:
        """The mapping for chosen options, overridden by the fund's own.

        Args:
            chosen: value by option; ``auto`` means the first variant.
            own: entries of the fund's mapping file; may be empty.
            where: name of that file.

        Raises:
            MappingError: the combination is invalid.
        """
        entries = self.base
        for option, variants in self.variants.items():
            value = next(iter(variants)) if chosen[option] == AUTO else chosen[option]
            entries = overlay(entries, with_optional(variants[value], optional=True))
        return checked_mapping(overlay(entries, with_optional(own, optional=False)), where)

    def chosen(self, given: AnyMapping[str, str]) -> dict[str, str]:
        """The value of every option: the given value, else ``auto``.

        Raises:
            UsageError: an option or a value that the preset does not have.
        """
        problems = [
            Message("{name}={value}: the preset has {known}", name=name, value=value, known=self._known(name))
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

    def _known(self, name: str) -> list[str]:
        if name in self.options:
            return [f"{name}={'|'.join(self.options[name])}"]
        return list(self.options)


def load_preset(name: str) -> Preset:
    """Read a preset.

    Raises:
        UsageError: there is no preset of this name.
    """
    path = FOLDER / f"{name}.toml"
    if not path.is_file():
        known = sorted(path.stem for path in FOLDER.glob("*.toml"))
        raise UsageError("There is no such preset.", where=name, next_step="use one of: {known}", known=known)
    text = path.read_text(encoding="utf-8")
    entries = PresetFile.model_validate(tomllib.loads(text))
    options = {option: entry.values for option, entry in entries.options.items()}
    return Preset(name, text, options, with_optional(entries, optional=True), entries.variants)


def read_own(path: Path | None, preset: Preset) -> MappingFile:
    """The entries of a fund's mapping file that overrides a preset.

    The file may use the code lists of the preset.

    Raises:
        MappingError: the file is unreadable or invalid.
    """
    if path is None:
        return MappingFile()
    own, problems = read_entries(path)
    codes = {**preset.base.codes, **own.codes}
    checked_mapping(own.model_copy(update={"codes": codes}), path.name, problems)
    return own
