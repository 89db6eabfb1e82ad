"""Tables of an alert on paper: settlements, records, prices, and the values in force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from detection.alerts.explanation import UsedValue
from detection.alerts.moment import Moment
from detection.detectors.cards import Card
from detection.language.files import source_text
from detection.language.policy import policy_title, value_lines
from detection.papers.wording import PaperWords
from detection.proof.columns import columns_of
from detection.proof.wording import value_text
from detection.report.document import Align, Table
from detection.store.queries.alert import AlertPage
from detection.store.queries.evidence import EvidenceRow, RecordRow

_ROW_ALIGN: tuple[Align, ...] = ("left", "left", "left", "left", "right", "right", "left")
_ROW_WIDTHS = (10, 18, 10, 30, 8, 8, 16)


def settlement_table(rows: Sequence[EvidenceRow], card: Card, words: PaperWords) -> Table:
    """All settlements, with the sum of each fund."""
    names = ("time", "settlement_and_person", "institution", "cause", "pool", "account", "source")
    cells = tuple(
        (
            moment_text(row.settled_at, words),
            _lines(row.settlement, row.person),
            row.provider,
            _cause_and_values(row, card, words),
            words.figures.yuan(row.pool),
            words.figures.yuan(row.account),
            words("source", file=row.source_file, row=row.source_row),
        )
        for row in rows
    )
    return _with_sums(names, cells, rows, words)


def record_table(rows: Sequence[RecordRow], card: Card, words: PaperWords) -> Table:
    """All records; money is signed."""
    names = ("day", "record_and_person", "table", "cause", "pool", "account", "source")
    cells = tuple(
        (
            words.figures.day(row.day),
            _lines(row.record, row.person),
            words.code("table", row.table),
            _cause_and_values(row, card, words),
            words.figures.yuan(row.pool),
            words.figures.yuan(row.account),
            words("source", file=row.source_file, row=row.source_row),
        )
        for row in rows
    )
    return _with_sums(names, cells, rows, words)


def _lines(*texts: str) -> str:
    """Texts on lines of their own; without empty ones."""
    return "\n".join(text for text in texts if text)


def _with_sums(
    names: Sequence[str],
    cells: tuple[tuple[str, ...], ...],
    rows: Sequence[EvidenceRow] | Sequence[RecordRow],
    words: PaperWords,
) -> Table:
    figures, columns = words.figures, tuple(words(f"column.{name}") for name in names)
    note = words(
        "total",
        n=figures.count(len(rows)),
        pool=figures.money(sum(row.pool for row in rows)),
        account=figures.money(sum(row.account for row in rows)),
    )
    return Table(columns, _ROW_ALIGN, cells, _ROW_WIDTHS, note=note)


def price_tables(page: AlertPage, words: PaperWords) -> Iterator[Table]:
    """How the first settlements were priced, a table each."""
    for price in page.priced:
        steps = tuple((step.text[words.language], words.figures.yuan(step.fen)) for step in price.steps)
        columns = (words("column.step_of", settlement=price.settlement_id), words("column.yuan"))
        yield Table(columns, ("left", "right"), steps, (4, 1))


def value_table(page: AlertPage, words: PaperWords) -> Table:
    """Thresholds and policy values that were in force, with their sources."""
    names = ("value", "amount", "unit", "from", "status", "origin")
    return Table(
        tuple(words(f"column.{name}") for name in names),
        ("left", "left", "left", "left", "left", "left"),
        tuple(_value(page, value, words) for value in page.values),
        (22, 16, 12, 12, 10, 28),
    )


def _value(page: AlertPage, used: UsedValue, words: PaperWords) -> tuple[str, ...]:
    titles = policy_title if used.kind == "policy" else page.card.thresholds.title
    return (
        titles(used.name, words.language),
        "; ".join(value_lines(used.value, words.language)),
        words.code("unit", used.unit),
        words.figures.day(used.start),
        words.code("value_status", used.status),
        source_text(used.source, words.language),
    )


def _cause_and_values(row: EvidenceRow | RecordRow, card: Card, words: PaperWords) -> str:
    """The cause, and the values that carry the claim: ``after death; died on: 2024-03-01``."""
    language = words.language
    values = [
        words("named", name=column.title[language], value=text)
        for column in columns_of(card)
        if not column.hidden and (text := value_text(column, row.proof.get(column.name), language))
    ]
    return words("semicolon").join([card.cause_text(row.cause, language), *values])


def moment_text(moment: Moment, words: PaperWords) -> str:
    """A time to the minute, or the day where the source has no more."""
    return words.figures.time(moment.at) if moment.to_the_minute else words.figures.day(moment.day)
