"""What pseudonyms of former keys are now, so that addresses and entries of the history stay readable."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import select

from detection.store.pseudonyms.tables import FormerPseudonym
from detection.store.queries.reader import Reader


def current_pseudonyms(reader: Reader, names: Collection[str]) -> Mapping[str, str]:
    """The pseudonyms of now, by those of former keys that are among some names."""
    table = FormerPseudonym
    query = select(table.former, table.current).where(table.former.in_(names))
    return dict(reader.session.execute(query).all()) if names else {}


def current_pseudonym(reader: Reader, name: str) -> str:
    """The pseudonym of now; a name that is none of a former key as it is."""
    return current_pseudonyms(reader, [name]).get(name, name)
