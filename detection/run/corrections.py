"""Rows of earlier deliveries that the last one corrected."""

from __future__ import annotations

from collections.abc import Mapping

from features.intake import Snapshot
from features.intake.superseding import corrected_by


def corrected_rows(snapshot: Snapshot) -> Mapping[str, str]:
    """Where the rows were that the last delivery superseded, by settlement or by ``table:key`` of a record.

    Args:
        snapshot: the data set; one of a single delivery corrects nothing.
    """
    deliveries = snapshot.manifest.deliveries
    if not deliveries:
        return {}
    names = [file.name for file in snapshot.manifest.files]
    rows = corrected_by(snapshot.folder, deliveries[-1])
    return {
        key if table == "settlements" else f"{table}:{key}": f"{names[file]} row {row:,}"
        for table, key, file, row in rows.iter_rows()
    }
