"""Every query of the store's query layer, called with fitting arguments."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import select

from detection.store import queries
from detection.store.queries import Filters, Reader
from detection.store.queries.family import payers
from detection.store.schema import Alert, Institution

INTERNAL = {"cited", "stored", "directory", "filters", "reader", "revealed"}
"""Modules that other modules of the package build on."""
INDICATORS = {"indicators"}
"""Their tables lie in files that the sample does not have; `tests/unit/detection/indicators` reads them."""


def arguments(reader: Reader) -> dict[str, Any]:
    """A value for each parameter that a query may have."""
    [payer, *_] = payers(reader)
    [provider, *_] = reader.session.scalars(select(Institution.provider_id).order_by(Institution.provider_id))
    return {
        "filters": Filters(status=""),
        "days": 5,
        "first_month": "2024-01",
        "last_month": "2024-06",
        "page": 1,
        "size": 50,
        "how_many": 12,
        "language": "en",
        "payer": payer[0],
        "pseudonym": reader.identity("provider", provider),
        "alert_ids": list(reader.session.scalars(select(Alert.alert_id).order_by(Alert.alert_id))),
        "alerts": list(reader.session.scalars(select(Alert).order_by(Alert.alert_id))),
        "manifest": reader.current_run().manifest,
    }


def public_queries() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of the query layer whose first argument is a reader, by its full name."""
    for module in pkgutil.iter_modules(queries.__path__):
        if module.name in INTERNAL | INDICATORS:
            continue
        content = importlib.import_module(f"{queries.__name__}.{module.name}")
        for name, function in inspect.getmembers(content, inspect.isfunction):
            own = function.__module__ == content.__name__ and not name.startswith("_")
            if own and next(iter(inspect.signature(function).parameters), "") == "reader":
                yield f"{module.name}.{name}", function


def answers(reader: Reader, name: str, query: Callable[..., Any]) -> list[object]:
    """What a query answers: about each alert, each kind of subject, or once."""
    known = arguments(reader)
    wanted = [
        each.name for each in inspect.signature(query).parameters.values() if each.default is each.empty
    ][1:]
    if "alert_id" in wanted:
        ids = list(reader.session.scalars(select(Alert.alert_id).order_by(Alert.alert_id)))
        own = {name: known[name] for name in wanted if name != "alert_id"}
        return [query(reader, alert_id, **own) for alert_id in ids]
    if "subjects" in wanted or "identity" in wanted:  # these answer about ids that the caller gives
        return []
    if "kind" in wanted:
        own = {name: known[name] for name in wanted if name != "kind"}
        return [query(reader, kind=kind, **own) for kind in ("person", "provider", "payer_account")]
    return [query(reader, **{name: known[name] for name in wanted})]
