"""Compare a delivery with its control totals and with what the last run had, before anything is assessed."""

from __future__ import annotations

from detection.deliveries.comparison import (
    Loss,
    earlier_months,
    ends_earlier,
    losses,
    quarantined,
    refuse_earlier_months,
    refuse_losses,
)
from detection.deliveries.coverage import Coverage
from detection.deliveries.limits import load_limits
from detection.deliveries.totals import read_totals, refuse_other_totals
from detection.run.ingest import RunData
from detection.run.request import RunRequest
from detection.store.queries import open_finished
from features.calendar import month_index, month_text
from features.workspace import Workspace


def compare_with_last_run(request: RunRequest, space: Workspace, data: RunData, coverage: Coverage) -> None:
    """Stop where the delivery is not what its sender states, or lacks what the last run had and nobody confirmed it.

    A run as of an earlier day is asked for by name: later months are not compared.

    Raises:
        InputError: with every total that differs, or every loss.
        UsageError: a confirmation names nothing that a delivery can have.
    """
    if request.expect is not None:
        refuse_other_totals(read_totals(request.expect), data.snapshot.manifest, coverage)
    with open_finished(space) as reader:
        run = reader.run if reader else None
        before = reader.manifest.coverage if reader and run else None
    missing: list[Loss] = []
    if run is not None and before is not None:
        until = None if request.as_of is None else month_text(month_index(request.as_of) - 1)
        missing = losses(before, coverage, load_limits(), until=until)
    earlier = earlier_months(missing, month_text(month_index(data.first)))
    if request.delivery is None:
        refuse_earlier_months(earlier)
    missing = [loss for loss in missing if loss not in earlier]
    if run is not None and request.as_of is None:
        missing += ends_earlier(run.last_day, str(data.last))
    missing += quarantined(data.snapshot.manifest, load_limits())
    refuse_losses(missing, request.accept_missing)
