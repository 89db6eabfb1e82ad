"""The list of alerts, with the filters and the order of the screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from detection.detectors.catalogue import catalogue
from detection.export.lists.listing import Cell, Column, Listing
from detection.language.messages import code_label, grade_group
from detection.language.reason_of_place import of_alert
from detection.store.queries import Filters, Reader
from detection.store.queries.alerts import Row, rows

_COLUMNS = (
    Column("alert_id"),
    Column("rank", "count"),
    Column("why"),
    Column("list"),
    Column("severity"),
    Column("pattern"),
    Column("title"),
    Column("subject_kind"),
    Column("subject"),
    Column("institution"),
    Column("peer_rank", "count"),
    Column("peers", "count"),
    Column("money_kind"),
    Column("pool", "money"),
    Column("account", "money"),
    Column("evidence_rows", "count"),
    Column("first"),
    Column("last"),
    Column("change"),
    Column("status"),
    Column("detector"),
)


@dataclass(frozen=True)
class AlertList:
    """Alerts under filters, in one of the orders of the screen."""

    filters: Filters = field(default_factory=Filters)
    sort: str = "risk"
    what: str = "alerts"

    @property
    def detail(self) -> str:
        """The filters, as an address has them."""
        named = {name: value for name, value in asdict(self.filters).items() if value}
        return "&".join(f"{name}={value}" for name, value in {**named, "sort": self.sort}.items())

    def listing(self, reader: Reader, language: str) -> Listing:
        """All alerts of the list."""
        listed = rows(reader, self.filters, sort=self.sort)
        return Listing(_COLUMNS, tuple(tuple(_cells(row, language)) for row in listed))


def _cells(row: Row, language: str) -> Iterator[Cell]:
    def word(group: str, code: str) -> str:
        return code_label(group, code, language)

    why = of_alert(row.kinds, row.expected_fen, row.money_kind, row.queue, language)
    known = catalogue().get(row.detector)
    yield from (
        row.alert_id,
        row.rank,
        why,
        word("list", row.list),
        word(grade_group(row.queue), row.severity),
    )
    yield from (known.card.words[language].label if known else row.detector, row.title[language])
    yield from (word("subject_kind", row.subject_kind), row.subject, row.place or None)
    yield from (None, None) if row.among_all else (row.peer_rank, row.peers)
    yield word("money_kind", row.money_kind)
    yield from (row.pool, row.account, row.evidence_rows, row.first, row.last)
    yield from (word("change", row.change), word("status", row.status), row.detector)
