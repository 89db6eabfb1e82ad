"""Templates of letters: Word files with places such as ``{{addressee}}``, which a fund may replace by its own.

`TEXTS` stand within sentences; `PARAGRAPHS` and `TABLES` stand alone in a paragraph, which is repeated or becomes a
table. Word may cut a place into several runs; it is found all the same, and takes the look of its first character.
"""

from __future__ import annotations

import copy
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import docx
from docx.document import Document as WordDocument
from docx.text.paragraph import Paragraph

from detection.papers.template_table import TableFilling, insert_table
from detection.report.word_styles import mark_feet, to_bytes, writable
from features.errors import UsageError
from features.message import Message

__all__ = ["PARAGRAPHS", "REQUIRED", "TABLES", "TEXTS", "Filling", "TableFilling", "filled"]

TEXTS = (
    "addressee", "issuer", "number", "date", "reply_by", "days", "contact",
    "period", "count", "pool", "account", "alerts",
)  # fmt: skip
PARAGRAPHS = ("matter", "explanations", "law")
TABLES = ("settlements",)
REQUIRED = ("addressee", "issuer", "number", "date", "reply_by", "matter", "settlements", "law")
"""Places that every letter must have."""
_PLACE = re.compile(r"\{\{\s*(\w*)\s*\}\}")


@dataclass(frozen=True)
class Filling:
    """What stands in the places: texts, paragraphs of texts, and tables."""

    texts: Mapping[str, str]
    paragraphs: Mapping[str, tuple[str, ...]]
    tables: Mapping[str, TableFilling]


def filled(template: bytes, filling: Filling, *, name: str, mark: str) -> bytes:
    """The letter as a Word file; the same template, filling and mark give the same bytes.

    Args:
        template: the Word file with the places.
        filling: what stands in them.
        name: of the template, for messages.
        mark: who takes the file, when, and its number: at the foot of each page, and a property of the file.

    Raises:
        UsageError: the file is no Word file, or has places missing, unknown or in a wrong position; all are listed.
    """
    letter = _opened(template, name)
    problems = _problems(letter)
    if problems:
        raise UsageError(
            "The template of the letter cannot be used.",
            where=name,
            problems=problems,
            next_step="correct the places; start from ours: fundwatch letter --write-template DIR",
        )
    for paragraph in list(_paragraphs(letter)):
        place = _alone(paragraph)
        if place in TABLES:
            insert_table(letter, paragraph, filling.tables[place])
        elif place in PARAGRAPHS:
            _repeat(paragraph, filling.paragraphs[place])
        else:
            _fill(paragraph, filling.texts)
    mark_feet(letter, mark)
    return to_bytes(letter)


def _opened(template: bytes, name: str) -> WordDocument:
    try:
        return docx.Document(io.BytesIO(template))
    except Exception as error:  # python-docx lets errors of zip, of XML and its own through
        raise UsageError(
            "The template of the letter is no Word file (.docx).", where=name, next_step="save it as .docx"
        ) from error


def _problems(letter: WordDocument) -> list[Message]:
    """What is wrong with the places of a template."""
    known, seen, problems = {*TEXTS, *PARAGRAPHS, *TABLES}, set(), []
    for paragraph in _paragraphs(letter):
        for place in _PLACE.findall(paragraph.text):
            seen.add(place)
            if place not in known:
                problems.append(Message("unknown place: {place}", place=_written(place)))
            elif place not in TEXTS and place != _alone(paragraph):
                problems.append(Message("{place} must stand alone in its paragraph", place=_written(place)))
    problems += [
        Message("missing place: {place}", place=_written(place)) for place in REQUIRED if place not in seen
    ]
    return list(dict.fromkeys(problems))


def _written(place: str) -> str:
    return f"{{{{{place}}}}}"


def _alone(paragraph: Paragraph) -> str:
    """The place that is all of a paragraph; empty where there is more or none."""
    match = _PLACE.fullmatch(paragraph.text.strip())
    return match[1] if match else ""


def _paragraphs(letter: WordDocument) -> Iterator[Paragraph]:
    """Paragraphs of the text, of its tables, and of headers and footers."""
    yield from letter.paragraphs
    parts = [part for section in letter.sections for part in (section.header, section.footer)]
    for part in parts:
        yield from part.paragraphs
    for table in (*letter.tables, *(table for part in parts for table in part.tables)):
        for row in table.rows:
            for cell in row.cells:
                yield from cell.paragraphs


def _repeat(paragraph: Paragraph, texts: tuple[str, ...]) -> None:
    """A paragraph for each text, all of the look of the one that had the place."""
    for text in texts:
        element = copy.deepcopy(paragraph._p)
        paragraph._p.addprevious(element)
        added = Paragraph(element, paragraph._parent)
        _replace(added, 0, len(added.text), text)
    paragraph._p.getparent().remove(paragraph._p)


def _fill(paragraph: Paragraph, texts: Mapping[str, str]) -> None:
    """The last place first, so that the positions of the others stay."""
    for match in reversed(list(_PLACE.finditer(paragraph.text))):
        _replace(paragraph, match.start(), match.end(), texts[match[1]])


def _replace(paragraph: Paragraph, start: int, end: int, text: str) -> None:
    """Put a text in place of some characters: it takes the look of the first of them."""
    position, written = 0, False
    for run in paragraph.runs:
        length = len(run.text)
        low, high = max(start - position, 0), min(end - position, length)
        position += length
        if low < high:
            run.text = run.text[:low] + ("" if written else writable(text)) + run.text[high:]
            written = True
