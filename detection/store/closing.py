"""What a run says of the alerts that it did not find again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from detection.detectors.assessability import Assessability
from detection.store.lifecycle import CLOSED_BY_RUN
from detection.store.records import RunRecord


@dataclass(frozen=True)
class Verdict:
    """What a run says of an alert that it did not find, or found again.

    Attributes:
        action: ``reopened``, ``close``, ``not_found`` (somebody decided it: it stays as they did), ``not_judged``
            (the run could not look).
        en, zh: the reason.
    """

    action: str
    en: str
    zh: str


def verdict(row: Mapping[str, Any], run: RunRecord, assessable: Mapping[str, Assessability]) -> Verdict:
    """Close an alert only when the run could have found it: not being able to look is no "no risk".

    Args:
        row: the alert as it is stored.
        run: the run that did not find it.
        assessable: how far each detector of the run could look.
    """
    looked = assessable.get(row["detector"])
    name = run.run_id
    if looked is None:
        why = (
            f"No longer looked for in run {name}: its detector has been withdrawn.",
            f"运行 {name} 已不再检测：该检测器已停用。",
        )
    elif looked.status == "not_assessable":
        return Verdict(
            "not_judged",
            f"Run {name} could not judge it ({looked.reason_en}); it stays as it is.",
            f"运行 {name} 无法判断（{looked.reason_zh}），维持原状。",
        )
    elif _outside(row, run):
        return Verdict(
            "not_judged",
            f"The data of run {name} do not reach its period; it stays as it is.",
            f"运行 {name} 的数据未覆盖其期间，维持原状。",
        )
    else:
        why = (
            f"No longer found in run {name}: its evidence is gone.",
            f"运行 {name} 未再发现：证据已不存在。",
        )
    return Verdict("close" if row["status"] in CLOSED_BY_RUN else "not_found", *why)


def _outside(row: Mapping[str, Any], run: RunRecord) -> bool:
    """Whether none of the alert's period lies in the data of the run."""
    before = run.first_day is not None and row["period_end"] < run.first_day
    after = run.last_day is not None and row["period_start"] > run.last_day
    return bool(before or after)
