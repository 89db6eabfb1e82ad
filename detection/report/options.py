"""What a report says about itself: who issues it, for whom, when and under which number."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Details:
    """Details of the title block; what is empty is not printed.

    Attributes:
        date: ISO day of the report, passed in.
        issuer: the body that issues it.
        addressee: for whom it is.
        number: as the body numbers its documents.
    """

    date: str
    issuer: str = ""
    addressee: str = ""
    number: str = ""
