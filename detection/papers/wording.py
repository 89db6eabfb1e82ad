"""The words of papers in one language: messages, figures, names of codes."""

from __future__ import annotations

from dataclasses import dataclass

from detection.detectors.catalogue import catalogue
from detection.language.formats import Formats, formats
from detection.language.messages import Messages, code_label


@dataclass(frozen=True)
class PaperWords:
    """The words of one language, ``en`` or ``zh``."""

    language: str

    def __call__(self, message: str, **values: object) -> str:
        """A message with its places filled.

        Raises:
            KeyError: no such message.
        """
        return Messages(self.language, "papers")(message, **values)

    @property
    def figures(self) -> Formats:
        """How the language writes money, counts and days."""
        return formats(self.language)

    def code(self, group: str, code: str) -> str:
        """The name of a code."""
        return code_label(group, code, self.language)

    def detector(self, name: str) -> str:
        """A detector by its label; by its name when it has been withdrawn."""
        known = catalogue().get(name)
        return known.card.words[self.language].label if known else name
