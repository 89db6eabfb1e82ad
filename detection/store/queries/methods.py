"""Methods: how often each detector fired in the current run, and models that runs scored with."""

from __future__ import annotations

from sqlalchemy import func, select

from detection.store.queries.reader import Reader
from detection.store.schema import Alert, Run


def fired(reader: Reader) -> dict[str, int]:
    """Number of alerts of the current run by detector; closed ones are left out."""
    query = select(Alert.detector, func.count()).where(Alert.change != "closed").group_by(Alert.detector)
    return dict(reader.session.execute(query).all())


def champions(reader: Reader) -> dict[str, str]:
    """Hash of the content of every model that a run scored with, by its version; "" where a run did not state it."""
    used: dict[str, str] = {}
    for models in reader.session.scalars(select(Run.models).order_by(Run.number)):
        used |= {model["version"]: model.get("content", "") for model in models.values() if model["version"]}
    return used
