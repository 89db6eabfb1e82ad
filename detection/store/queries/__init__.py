"""The only door through which the store is read: `reader` opens it, and beside it stands one module per screen."""

from detection.store.queries.filters import Filters, Totals
from detection.store.queries.reader import Reader, open_reader, open_store

__all__ = ["Filters", "Reader", "Totals", "open_reader", "open_store"]
