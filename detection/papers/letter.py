"""A letter that asks an institution to explain settlements: what it says, without accusing anybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from detection.language.law import law_text
from detection.papers.alert_tables import moment_text
from detection.papers.settings import reply_days
from detection.papers.template import Filling, TableFilling
from detection.papers.wording import PaperWords
from detection.store.queries.alert import AlertPage
from detection.store.queries.disclosure.letter import LetterMaterial, LetterRow
from features.errors import UsageError

_BLANK = "＿＿＿＿＿＿"


@dataclass(frozen=True)
class LetterRequest:
    """What the sender adds; what is empty is left blank for a pen.

    Attributes:
        day: ISO day of the letter.
        issuer: who writes.
        number: of the letter in the sender's register.
        addressee: to whom; the institution's name where it is empty.
        contact: whom to answer.
        days: within how many days; the setting's where it is None.
    """

    day: str
    issuer: str = ""
    number: str = ""
    addressee: str = ""
    contact: str = ""
    days: int | None = None


def letter_filling(material: LetterMaterial, request: LetterRequest, words: PaperWords) -> Filling:
    """What stands in the places of the template.

    Raises:
        UsageError: not a whole number of days.
    """
    days = reply_days() if request.days is None else request.days
    if days < 1:
        raise UsageError("A letter gives at least one day to reply.", next_step="use --days 15, for instance")
    written = dt.date.fromisoformat(request.day)
    figures, rows = words.figures, material.rows
    first, last = rows[0].settled_at.day, max(row.settled_at.day for row in rows)
    return Filling(
        texts={
            "issuer": request.issuer or _BLANK,
            "number": request.number or words("letter.number.blank"),
            "addressee": request.addressee or material.institution,
            "date": figures.day(written),
            "days": str(days),
            "reply_by": figures.day(written + dt.timedelta(days=days)),
            "contact": request.contact or _BLANK,
            "period": words("letter.period", first=figures.day(first), last=figures.day(last)),
            "count": figures.count(len(rows)),
            "pool": figures.yuan(sum(row.pool for row in rows)),
            "account": figures.yuan(sum(row.account for row in rows)),
            "alerts": words("letter.comma").join(page.row.alert_id for page in material.alerts),
        },
        paragraphs={
            "matter": _numbered([_matter(material, page, words.language) for page in material.alerts]),
            "explanations": _numbered(_explanations(material, words.language)),
            "law": _numbered(_law(material, words.language)) or (words("letter.no_law"),),
        },
        tables={"settlements": _table(rows, words)},
    )


def _matter(material: LetterMaterial, page: AlertPage, language: str) -> str:
    """What was seen where it is this institution's alone; else the title.

    What happened elsewhere, and how a statistical alert ranks, is not for the addressee.
    """
    own_alone = page.row.alert_id in material.within and page.row.money_kind != "context"
    return page.seen[language] if own_alone else page.row.title[language]


def _explanations(material: LetterMaterial, language: str) -> list[str]:
    cards = [page.card.words[language] for page in material.alerts]
    return [text for card in cards for text in card.innocent_explanations]


def _law(material: LetterMaterial, language: str) -> list[str]:
    return [law_text(citation, language) for page in material.alerts for citation in page.citations]


def _numbered(texts: Sequence[str]) -> tuple[str, ...]:
    """Texts, each once, with numbers where there are several."""
    each = list(dict.fromkeys(texts))
    return tuple(f"{number}. {text}" for number, text in enumerate(each, 1)) if len(each) > 1 else tuple(each)


def _table(rows: Sequence[LetterRow], words: PaperWords) -> TableFilling:
    names = ("place", "time", "settlement", "person", "pool", "account")
    cells = [
        (
            str(number),
            moment_text(row.settled_at, words),
            row.settlement,
            row.person,
            words.figures.yuan(row.pool),
            words.figures.yuan(row.account),
        )
        for number, row in enumerate(rows, 1)
    ]
    total = (
        words("letter.total"),
        "",
        "",
        "",
        words.figures.yuan(sum(row.pool for row in rows)),
        words.figures.yuan(sum(row.account for row in rows)),
    )
    columns = tuple(words(f"letter.column.{name}") for name in names)
    return TableFilling(columns, (*cells, total), right=(4, 5), widths=(8, 24, 26, 26, 18, 18))
