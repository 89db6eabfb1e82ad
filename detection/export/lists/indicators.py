"""The list behind an indicator's value, with the cell and the choice of rows of the screen."""

from __future__ import annotations

from dataclasses import dataclass, field

from detection.export.lists.listing import Cell, Column, Kind, Listing
from detection.indicators.card import IndicatorCard
from detection.language.districts import DistrictNames
from detection.language.messages import Messages, code_label
from detection.store.queries import Reader
from detection.store.queries.indicators.files import indicator_named
from detection.store.queries.indicators.lists import ListFilters, ListRow, listed
from features.errors import UsageError

_GROUPS = ("person_category", "age_band")


@dataclass(frozen=True)
class IndicatorList:
    """The list of an indicator over a period."""

    name: str
    window: str
    filters: ListFilters = field(default_factory=ListFilters)
    what: str = "indicator"

    @property
    def detail(self) -> str:
        """Indicator, period, and which part of the list."""
        cells = "".join(f"&{by}={cell}" for by, cell in self.filters.cells.items())
        return f"indicator={self.name}&window={self.window}&rows={self.filters.rows}{cells}"

    def listing(self, reader: Reader, language: str) -> Listing:
        """All rows of the list.

        Raises:
            UsageError: no such indicator or period, or a list that rests on too few people to be shown.
        """
        card = indicator_named(self.name).card
        count = listed(reader, self.name, self.window, self.filters, size=1)
        if count.hidden or count.reason_en:
            raise UsageError("This list is not shown.", where=self.name, next_step="choose all of the list")
        whole = listed(reader, self.name, self.window, self.filters, size=max(count.count, 1))
        # Equal rows in the order of what is shown: that of real ids would say something about them.
        ordered = sorted(whole.rows, key=lambda row: (-(row.numerator or 0), row.person, row.record))
        words = Messages(language, "export")
        record = words(f"record.{whole.record}") if whole.record else ""
        columns = (
            *(Column(name) for name in ("person",)),
            Column("record", heading=record),
            *(Column(name) for name in ("institution", "district", "person_category", "age_band")),
            *(Column(name) for name in ("respondent_group", "part")),
            Column("side", "count"),
            Column("numerator", _kind(card.of[0])),
            Column("denominator", _kind(card.of[1])),
        )
        return Listing(columns, tuple(_cells(row, card, reader.districts, language) for row in ordered))


def _kind(of: str) -> Kind:
    return "money" if of == "fen" else "count"


def _cells(row: ListRow, card: IndicatorCard, districts: DistrictNames, language: str) -> tuple[Cell, ...]:
    part = card.parts[row.part][language] if row.part in card.parts else row.part
    named = districts.get(row.district)
    district = named[language] if named else code_label("district", row.district, language)
    coded = [district, *(code_label(name, getattr(row, name), language) for name in _GROUPS)]
    group = code_label("person_category", row.group, language)
    texts = (row.person, row.record, row.provider, *coded, group, part)
    return (*(text or None for text in texts), row.side, row.numerator, row.denominator)
