"""Read the manual's pages: tasks with their steps, commands and pictures.

A task is a heading of the second level with its name, ``## Title {#name}``. The line under it, an HTML comment, names
the tests that do its steps. Words in bold are words on the screens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
ROLES = ("auditor", "supervisor", "administrator")
_TASK = re.compile(r"^## (?P<title>.+) \{#(?P<name>[a-z-]+)\}\n(?:<!-- (?P<tests>.+) -->\n)?", re.MULTILINE)
_APART = re.compile(
    r"^!\[(?P<caption>[^\n]+)\]\((?P<picture>[^\n)]+)\)$|^```\w+\n(?P<commands>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Piece:
    """A part of a task as it is shown: Markdown, or commands, or a picture with its caption."""

    text: str = ""
    commands: str = ""
    picture: Path | None = None


@dataclass(frozen=True)
class Task:
    """One task: how it is called, what tests do its steps, and what is shown."""

    name: str
    title: str
    tests: tuple[str, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class Manual:
    """The manual of one role in one language."""

    title: str
    introduction: str
    tasks: tuple[Task, ...]


@cache
def manual(role: str, language: str) -> Manual:
    """The manual of a role.

    Args:
        role: one of `ROLES`.
        language: ``zh`` or ``en``.
    """
    content = (FOLDER / language / f"{role}.md").read_text(encoding="utf-8")
    starts = list(_TASK.finditer(content))
    ends = [match.start() for match in starts[1:]] + [len(content)]
    tasks = [
        Task(
            match["name"],
            match["title"],
            tuple((match["tests"] or "").split()),
            _pieces(content[match.end() : end]),
        )
        for match, end in zip(starts, ends, strict=True)
    ]
    title, _, introduction = content[: starts[0].start()].partition("\n")
    return Manual(title.removeprefix("# "), introduction.strip(), tuple(tasks))


def _pieces(text: str) -> tuple[Piece, ...]:
    pieces, at = [], 0
    for match in _APART.finditer(text):
        pieces.append(Piece(text=text[at : match.start()].strip()))
        if match["picture"]:
            pieces.append(Piece(text=match["caption"], picture=FOLDER / match["picture"].removeprefix("../")))
        else:
            pieces.append(Piece(commands=match["commands"].rstrip()))
        at = match.end()
    pieces.append(Piece(text=text[at:].strip()))
    return tuple(piece for piece in pieces if piece.text or piece.commands)
