"""Messages in English and Chinese: gettext catalogues, which Babel reads when they are first needed.

A message is named by an id (``report.title``), not by its English text, so that both languages are translations.
Errors and help are named by their English text, which stands where they are raised: they have a Chinese catalogue only.
Compiled files are not kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from detection.language.spacing import fill

_ERRORS = ("agency", "data")
_LOCALE = Path(__file__).parent / "locale"


@cache
def messages(language: str, name: str, folder: Path = _LOCALE) -> dict[str, str]:
    """Messages of one catalogue by id.

    Args:
        language: ``en`` or ``zh``.
        name: of the catalogue's file; ``codes`` has the names of the contract's codes.
        folder: with a folder for each language.
    """
    with (folder / language / "LC_MESSAGES" / f"{name}.po").open("rb") as handle:
        read = read_po(handle, locale=language)
    return {str(message.id): str(message.string) for message in read if message.id}


@dataclass(frozen=True)
class Messages:
    """The messages of one catalogue in one language, by call: ``words("report.title")``."""

    language: str
    catalogue: str

    def __call__(self, message: str, **values: object) -> str:
        """The message with its placeholders filled.

        Raises:
            KeyError: no such message.
        """
        return fill(messages(self.language, self.catalogue)[message], values)


def grade_group(queue: str) -> str:
    """The group of codes that names the grades of a queue's alerts.

    Errors of agencies and defects of the data are no suspicion of people or institutions: theirs is ``error_grade``.
    """
    return "error_grade" if queue in _ERRORS else "severity"


def code_label(group: str, code: str, language: str) -> str:
    """The name of a code (``district``, ``level``, ``provider_kind``); the code itself where it has none."""
    return messages(language, "codes").get(f"{group}.{code}", code)


def case_label(group: str, code: str, language: str) -> str:
    """The name of a code of leads and cases (``move``, ``case_state``, ``verdict``); the code itself where it has none.

    A code with a reason, ``verdict/reason``, is named with it.
    """
    names = messages(language, "cases")
    main, _, reason = code.partition("/")
    name = names.get(f"{group}.{main}", main)
    return f"{name} · {names.get(f'{group}_reason.{reason}', reason)}" if reason else name
