"""Methods: how often each detector fired in the current run, whatever people did to its alerts since."""

from __future__ import annotations

from sqlalchemy import func, select

from detection.store.queries.reader import Reader
from detection.store.schema import Alert


def fired(reader: Reader) -> dict[str, int]:
    """Number of alerts of the current run by detector; closed ones are left out."""
    query = select(Alert.detector, func.count()).where(Alert.change != "closed").group_by(Alert.detector)
    return dict(reader.session.execute(query).all())
