"""Why alerts of the previous run are closed, or stay although this run did not raise them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from detection.detectors.assessability import Assessability
from detection.language.text import Text
from detection.store.lifecycle import CLOSED_BY_RUN
from detection.store.records import RunRecord
from detection.store.rows import Row
from detection.store.successors import Successor


@dataclass(frozen=True)
class Closing:
    """What becomes of an alert that a run did not raise, or raised again, and why.

    Attributes:
        action: ``reopened``, ``carried_over``, ``close``, ``not_found`` (a person settled it: it keeps their status),
            ``not_judged`` (the run could not assess it), ``superseded`` (a delivery corrected rows of its evidence).
        reason: in both languages.
    """

    action: str
    reason: Text


def reopening(run_id: str) -> Closing:
    """A closed alert that a run raised again."""
    return Closing("reopened", Text(f"Found again in run {run_id}.", f"运行 {run_id} 再次发现。"))


def succeeded(run_id: str, successor: Successor) -> Closing:
    """An alert whose method changed, and that another alert about the same evidence takes the place of."""
    new = successor.alert_id
    return Closing(
        "close",
        Text(
            f"Method changed in run {run_id}: its evidence is now in alert {new}.",
            f"运行 {run_id} 的检测方法已变更：其证据现归入疑点 {new}。",
        ),
    )


def carrying_over(successor: Successor) -> Closing:
    """A decision about an alert whose method changed goes over to the alert that takes its place."""
    old, status = successor.before, successor.status
    return Closing(
        "carried_over",
        Text(
            f"Carried over from alert {old} ({status}), whose method changed.",
            f"由检测方法已变更的疑点 {old}（{status}）承接。",
        ),
    )


def closing(
    row: Row, run: RunRecord, assessable: Mapping[str, Assessability], unassessed: Mapping[str, Text]
) -> Closing:
    """Close an alert only when the run could have raised it: data that cannot be assessed do not clear anybody.

    Args:
        row: the alert as it is stored.
        run: the run that did not raise it.
        assessable: how much each detector of the run could assess.
        unassessed: why alerts could not be looked for, by alert.
    """
    coverage = assessable.get(row["detector"])
    name = run.run_id
    if coverage is None:
        why = Text(
            f"No longer looked for in run {name}: its detector has been withdrawn.",
            f"运行 {name} 已不再检测：该检测器已停用。",
        )
    elif coverage.status == "not_assessable":
        return Closing(
            "not_judged",
            Text(
                f"Run {name} could not assess it ({coverage.reason_en}); it stays as it is.",
                f"运行 {name} 无法判断（{coverage.reason_zh}），维持原状。",
            ),
        )
    elif row["alert_id"] in unassessed:
        reason = unassessed[row["alert_id"]]
        return Closing(
            "not_judged",
            Text(
                f"It could not be looked for in run {name} ({reason.en}); it stays as it is.",
                f"运行 {name} 未能检测该疑点（{reason.zh}），维持原状。",
            ),
        )
    elif _outside(row, run):
        return Closing(
            "not_judged",
            Text(
                f"The data of run {name} do not reach its period; it stays as it is.",
                f"运行 {name} 的数据未覆盖其期间，维持原状。",
            ),
        )
    else:
        why = Text(
            f"No longer found in run {name}: its evidence is gone.",
            f"运行 {name} 未再发现：证据已不存在。",
        )
    return Closing("close" if row["status"] in CLOSED_BY_RUN else "not_found", why)


def _outside(row: Row, run: RunRecord) -> bool:
    """Whether none of the alert's period lies in the data of the run."""
    before = run.first_day is not None and row["period_end"] < run.first_day
    after = run.last_day is not None and row["period_start"] > run.last_day
    return bool(before or after)
