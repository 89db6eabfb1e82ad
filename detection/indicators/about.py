"""``about.json`` of a run's indicators: its periods, what could not be measured and why, and the policy's versions."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from detection.indicators.assessability import Reason
from features.calendar import date_of
from features.files import write_text
from features.indicators.periods import Period, periods
from features.policy import Policy, Window
from features.policy.categories import Number

PolicyNumber = bool | Number | str
PolicyValue = PolicyNumber | list[str] | list[dict[str, Number | str]] | None
"""A value of the policy: a list of rows where it depends on category or level; None where unknown."""
_FILE = "about.json"


class PolicyVersion(BaseModel):
    """A version of a policy parameter; the last day ``end`` is None while it is in force."""

    model_config = ConfigDict(frozen=True)

    start: str = Field(alias="from")
    end: str | None = Field(alias="to")
    value: PolicyValue
    source: str
    status: str


class PolicyHistory(BaseModel):
    """All versions of a parameter, and what it means by language."""

    model_config = ConfigDict(frozen=True)

    words: Mapping[str, str]
    versions: tuple[PolicyVersion, ...]


class About(BaseModel):
    """What is to be known of a run's values.

    Attributes:
        first, last: month indexes of the data.
        cut_over: first day on which the pooled fund pays ordinary outpatient care; None where unknown.
        lacking: by indicator, why it could not be measured over any period.
        outside: by indicator and key of a period, why it could not be measured over that period.
        policy: history of each parameter that a card names.
    """

    model_config = ConfigDict(frozen=True)

    first: int
    last: int
    cut_over: dt.date | None
    lacking: Mapping[str, tuple[Reason, ...]] = {}
    outside: Mapping[str, Mapping[str, tuple[Reason, ...]]] = {}
    policy: Mapping[str, PolicyHistory] = {}

    @cached_property
    def periods(self) -> list[Period]:
        """Every period of the data."""
        return periods(self.first, self.last, self.cut_over)

    def why_missing(self, indicator: str, period: Period) -> tuple[Reason, ...]:
        """Why the run has no value of an indicator over a period; empty when it has one."""
        return self.lacking.get(indicator, ()) or self.outside.get(indicator, {}).get(period.key, ())

    def write(self, folder: Path) -> None:
        """Write the file; the same content gives the same bytes."""
        content = self.model_dump(mode="json", by_alias=True)
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
        write_text(folder / _FILE, text)


def read_about(folder: Path) -> About | None:
    """The file of a run's ``indicators/``; None where the run has none."""
    file = folder / _FILE
    return About.model_validate_json(file.read_bytes()) if file.exists() else None


def policy_history(policy: Policy, parameters: Iterable[str]) -> dict[str, PolicyHistory]:
    """Every version of some parameters, as far as the policy has them."""
    return {
        name: PolicyHistory(
            words=dict(policy.words.get(name, {})),
            versions=tuple(_version(window) for window in policy.windows(name)),
        )
        for name in sorted(set(parameters) & set(policy.names()))
    }


def _version(window: Window) -> PolicyVersion:
    return PolicyVersion.model_validate(
        {
            "from": str(date_of(window.start_day)),
            "to": None if window.end_day is None else str(date_of(window.end_day)),
            "value": [dict(row) for row in window.rows] if window.rows else window.value,
            "source": window.source,
            "status": window.status,
        }
    )
