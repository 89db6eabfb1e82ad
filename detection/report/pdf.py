"""The report as PDF, by Typst: the same document and mark give the same bytes, with the same fonts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import cast

import typst

from detection.report.document import Document, Values
from features.errors import UsageError
from features.message import Message

_TEMPLATE = Path(__file__).with_name("report.typ")
_CHARTS = Path(__file__).with_name("charts.typ")
_SANS = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "SimHei",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
)
_SERIF = ("FangSong", "STFangsong", "Noto Serif CJK SC", "Source Han Serif SC", "SimSun")
_LATIN = ("DejaVu Sans", "Libertinus Serif")  # the last one comes with Typst itself
_FIRST_CJK = 0x2E80
_DOTS_PER_INCH = 200.0


def pdf(document: Document, language: str, fonts: Path | None = None, mark: str = "") -> bytes:
    """The report as a PDF file.

    Args:
        document: what it says.
        language: ``en`` or ``zh``.
        fonts: a folder with font files, in addition to those of the system.
        mark: who takes the file, when, and its number: at the foot of each page, and a keyword of the file; an issued
            report has none.

    Raises:
        UsageError: it has Chinese characters and no font for them is installed.
    """
    chosen = _chosen(document, language, fonts, mark)
    content = json.dumps(
        {
            **asdict(document),
            "language": language,
            "mark": mark,
            "fonts": chosen.body,
            "heading_fonts": chosen.heading,
        },
        ensure_ascii=False,
    )
    return typst.compile(_TEMPLATE, font_paths=chosen.known, format="pdf", sys_inputs={"document": content})


def refuse_unprintable(document: Document, language: str, fonts: Path | None = None) -> None:
    """Refuse what `pdf` would refuse, without laying it out.

    Raises:
        UsageError: as `pdf`.
    """
    _chosen(document, language, fonts, "")


@dataclass(frozen=True)
class _Fonts:
    """The fonts of a document: families of body and headings, and all that are installed."""

    body: list[str]
    heading: list[str]
    known: typst.Fonts


def _chosen(document: Document, language: str, fonts: Path | None, mark: str) -> _Fonts:
    text = json.dumps([asdict(document), mark], ensure_ascii=False)
    known = typst.Fonts(font_paths=[fonts] if fonts else [])
    there = set(known.families())
    body = [name for name in (*_SERIF, *_SANS) if name in there][:1]
    heading = [name for name in (*_SANS, *_SERIF) if name in there][:1]
    if not body and any(ord(character) >= _FIRST_CJK for character in text):
        raise UsageError(
            "No font with Chinese characters is installed, and the report has some.",
            where=Message("looked for: {fonts}", fonts=(*_SERIF, *_SANS)),
            next_step="install the package fonts-noto-cjk, or name a folder of fonts: --fonts DIR",
        )
    latin = [name for name in _LATIN if name in there]
    if language == "zh":
        return _Fonts(body + latin, heading + latin, known)
    return _Fonts(latin + body, latin + heading, known)


def chart_pictures(charts: Sequence[Values]) -> list[bytes]:
    """The small charts of a table as PNG files, for a Word file."""
    if not charts:
        return []
    pictures: object = typst.compile(
        _CHARTS, format="png", ppi=_DOTS_PER_INCH, sys_inputs={"charts": json.dumps(charts)}
    )
    return [pictures] if isinstance(pictures, bytes) else list(cast(Iterable[bytes], pictures))
