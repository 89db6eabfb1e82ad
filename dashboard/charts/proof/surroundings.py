"""What a picture shows around the evidence itself: days on which the policy changed, and outlines of districts."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from dashboard.query_cache import query
from dashboard.wording import label, language, t
from detection.language.policy import policy_title
from detection.store.queries.alert import AlertPage
from detection.store.queries.indicators.values import cut_over
from detection.store.queries.reader import ReadError
from detection.store.queries.subjects.outlines import Outline, district_outlines


@dataclass(frozen=True)
class PolicyDay:
    """A day from which a policy value holds, and what it is."""

    day: dt.date
    text: str


@dataclass(frozen=True)
class Surroundings:
    """Empty where the picture shows none."""

    policy_days: tuple[PolicyDay, ...] = ()
    outlines: tuple[Outline, ...] = ()


NOTHING = Surroundings()


def surroundings_of(alert: AlertPage) -> Surroundings:
    """What the picture of an alert's card shows around its evidence."""
    match alert.card.picture:
        case "cap":
            return Surroundings(policy_days=_policy_days(alert))
        case "travel":
            return Surroundings(outlines=query(district_outlines))
    return NOTHING


def district_name(code: str) -> str:
    """A district as the fund calls it."""
    return label("district", code)


def _policy_days(alert: AlertPage) -> tuple[PolicyDay, ...]:
    """Beginnings of the policy values that the alert rests on, and of the pooled fund's payment for ordinary care."""
    days = {
        PolicyDay(value.start, policy_title(value.name, language()))
        for value in alert.values
        if value.kind == "policy"
    }
    try:
        begun = query(cut_over)
    except ReadError:  # a run of a version that measured no indicators
        begun = None
    if begun:
        days.add(PolicyDay(dt.date.fromisoformat(begun), t("indicator.cut_over")))
    return tuple(sorted(days, key=lambda each: (each.day, each.text)))
