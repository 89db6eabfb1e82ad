"""The store's query layer: `reader` opens the store, `revealed` gives real ids, and each screen has a module."""

from detection.store.queries.filters import EVERY_ALERT, Filters
from detection.store.queries.reader import Reader, open_finished, open_reader, open_store
from detection.store.queries.totals import Totals

__all__ = ["EVERY_ALERT", "Filters", "Reader", "Totals", "open_finished", "open_reader", "open_store"]
