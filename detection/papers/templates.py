"""Where the template of a letter comes from: a folder that the sender names, the workspace, or our own words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from docx.enum.text import WD_ALIGN_PARAGRAPH

from detection.language.messages import messages
from detection.report.word_styles import BODY, DETAILS, HEADING, NOTE, TITLE, new_document, to_bytes
from features.errors import UsageError
from features.workspace import Workspace

_LINES = (
    ("issuer", DETAILS),
    ("number", DETAILS),
    ("greeting", BODY),
    ("opening", BODY),
    ("no_judgement", BODY),
    ("matter.heading", HEADING),
    ("matter", BODY),
    ("settlements.heading", HEADING),
    ("settlements", BODY),
    ("explanations.heading", HEADING),
    ("explanations.text", BODY),
    ("explanations", BODY),
    ("law.heading", HEADING),
    ("law", BODY),
    ("reply.heading", HEADING),
    ("reply", BODY),
    ("contact", BODY),
    ("signed", BODY),
    ("dated", BODY),
    ("alerts", NOTE),
)
"""Our own letter: its lines in the catalogue, and the style of each."""
_AT_THE_RIGHT = ("signed", "dated")


@dataclass(frozen=True)
class Template:
    """A template: its bytes, and its name for messages."""

    name: str
    content: bytes


def file_name(language: str) -> str:
    """What the template of a language is called in a folder of templates."""
    return f"letter-{language}.docx"


def letter_template(workspace: Workspace, language: str, folder: Path | None) -> Template:
    """The template: that of a named folder, else of ``templates/`` in the workspace, else our own.

    Raises:
        UsageError: the named folder has none for this language.
    """
    if folder is not None:
        named = folder / file_name(language)
        if not named.is_file():
            raise UsageError(
                "The folder has no template of a letter in this language.",
                where=str(named),
                next_step="start from ours: fundwatch letter --write-template DIR",
            )
        return Template(str(named), named.read_bytes())
    own = workspace.root / "templates" / file_name(language)
    if own.is_file():
        return Template(str(own), own.read_bytes())
    return Template(file_name(language), default_template(language))


def default_template(language: str) -> bytes:
    """Our own letter as a Word file with its places, in the format of public documents."""
    words = messages(language, "papers")
    letter = new_document(words["letter.title"])
    letter.add_paragraph(words["letter.title"], style=TITLE)
    for name, style in _LINES:
        paragraph = letter.add_paragraph(words[f"letter.line.{name}"], style=style)
        if name in _AT_THE_RIGHT:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        if name == "greeting":
            paragraph.paragraph_format.first_line_indent = 0
    return to_bytes(letter)
