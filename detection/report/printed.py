"""A report as it is printed: all its words, in one language; what an issued report keeps."""

from __future__ import annotations

from dataclasses import dataclass

from detection.report.annex.sheet import Sheet
from detection.report.document import Document


@dataclass(frozen=True)
class Printed:
    """A report in words.

    Attributes:
        period: name of the period.
        language: ``en`` or ``zh``.
        document: the pages.
        sheets: the annex.
    """

    period: str
    language: str
    document: Document
    sheets: tuple[Sheet, ...]
