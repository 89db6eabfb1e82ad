"""Models that runs of this workspace scored with."""

from __future__ import annotations

from sqlalchemy import select

from detection.store.queries.reader import Reader
from detection.store.schema import Run


def champions(reader: Reader) -> dict[str, str]:
    """Hash of the content of every model that a run scored with, by its version; "" where a run did not state it."""
    used: dict[str, str] = {}
    for models in reader.session.scalars(select(Run.models).order_by(Run.number)):
        used |= {model["version"]: model.get("content", "") for model in models.values() if model["version"]}
    return used
