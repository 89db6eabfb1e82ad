"""The mark of a file that leaves: who took it, when, and its number in the record of exports."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from detection.language.messages import Messages
from features.errors import UsageError

_LANGUAGES = ("en", "zh")
_LONGEST_FOOT = 250


@dataclass(frozen=True)
class Mark:
    """The mark of one file.

    Attributes:
        number: of the export, as the audit log has it.
        actor: who takes the file.
        at: ISO time.
    """

    number: int
    actor: str
    at: str

    def text(self, language: str) -> str:
        """The mark as a line, ``en`` or ``zh``."""
        return Messages(language, "export")(
            "mark.text", number=self.number, actor=self.actor, at=self.at.replace("T", " ")
        )

    @property
    def fields(self) -> dict[str, str | int]:
        """The mark for a program."""
        return {"number": self.number, "actor": self.actor, "at": self.at}


def foot_of_sheet(text: str) -> str:
    """A mark as the foot of the printed pages of a sheet."""
    return f"&L&8{text.replace('&', '&&')}"[:_LONGEST_FOOT]


def mark_lines(mark: Mark) -> str:
    """The mark in both languages, a line each."""
    return "".join(f"{mark.text(language)}\n" for language in _LANGUAGES)


def mark_file(out: Path) -> Path:
    """The file next to a CSV file that has its mark: a line more would not be a row."""
    return out.with_name(f"{out.name}.export.txt")


def refuse_other_marks(out: Path) -> None:
    """Refuse to replace a file that stands where a mark belongs and is none.

    Raises:
        UsageError: there is one.
    """
    file = mark_file(out)
    if file.exists():
        lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
        starts = tuple(Messages(language, "export")("mark.start") for language in _LANGUAGES)
        if not lines or not all(line.startswith(starts) for line in lines):
            raise UsageError(
                "The mark of the export belongs into {file}, which is another file.",
                next_step="name another file: --out FILE",
                file=file,
            )


def file_hash(content: bytes) -> str:
    """What the audit log keeps of a file: its SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
