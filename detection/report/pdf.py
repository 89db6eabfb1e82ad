"""The report as PDF, by Typst: the same document gives the same bytes, with the same fonts."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import typst

from detection.report.document import Document
from features.errors import UsageError
from features.message import Message

_TEMPLATE = Path(__file__).parent / "report.typ"
_CHINESE = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "SimSun",
)
_LATIN = ("DejaVu Sans", "Libertinus Serif")  # the last one comes with Typst itself
_FIRST_CJK = 0x2E80


def pdf(document: Document, language: str, fonts: Path | None = None) -> bytes:
    """The report as a PDF file.

    Args:
        document: what it says.
        language: ``en`` or ``zh``.
        fonts: a folder with font files, in addition to those of the system.

    Raises:
        UsageError: it has Chinese characters and no font for them is installed.
    """
    text = json.dumps(asdict(document), ensure_ascii=False)
    known = typst.Fonts(font_paths=[fonts] if fonts else [])
    there = set(known.families())
    chinese = [name for name in _CHINESE if name in there][:1]
    if not chinese and any(ord(character) >= _FIRST_CJK for character in text):
        raise UsageError(
            "No font with Chinese characters is installed, and the report has some.",
            where=Message("looked for: {fonts}", fonts=_CHINESE),
            next_step="install the package fonts-noto-cjk, or name a folder of fonts: --fonts DIR",
        )
    latin = [name for name in _LATIN if name in there]
    names = {"en": latin + chinese, "zh": chinese + latin}[language]
    content = json.dumps({**asdict(document), "language": language, "fonts": names}, ensure_ascii=False)
    return typst.compile(_TEMPLATE, font_paths=known, format="pdf", sys_inputs={"document": content})
