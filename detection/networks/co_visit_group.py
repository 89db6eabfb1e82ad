"""Groups of people without a recorded relation who are settled together again and again (D34).

Null: visits of different people are independent, given each one's visits to each provider and the provider's
calendar (`models.meetings`). Exposure: all customers of the group's providers, and all of their slots. Rivals that
are computed: `detection.networks.reasons`. Groups whose meetings are minutes apart at one provider are batches of
cards, and are left to the rule on card concentration.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw
import polars as pl

from detection.detectors.cards import StatisticalThresholds
from detection.detectors.context import DetectorContext
from detection.networks.involved import involved
from detection.networks.meetings import meetings
from detection.networks.screen import names, screen_tables
from features.registry import Frame


def hits(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Every settlement of a group's members in the group's slots; one case per group.

    Columns: settlement_id, subject_id (hash of the members), cause, strength (evidence), member_id.
    """
    rows = meetings(context, thresholds).shown(batch=False)
    hashed = rows.join(names(context.whole.in_text(rows, "person_id")), on="group")
    together = hashed.lazy().select(
        "settlement_id",
        subject_id="group_id",
        cause=pl.lit("together"),
        strength="evidence",
        member_id="person_id",
    )
    assessable = context.assessable.settlements.select("settlement_id")
    return nw.from_native(together).join(assessable, on="settlement_id", how="semi")


def evidence(context: DetectorContext, thresholds: StatisticalThresholds) -> Frame:
    """Evidence of members, by what each attended, and of the providers where they met."""
    return nw.from_native(involved(meetings(context, thresholds), batch=False).lazy())


def artifacts(context: DetectorContext, thresholds: StatisticalThresholds) -> Mapping[str, pl.DataFrame]:
    """The tables of the Network screen: ``groups``, ``edges`` and ``days``."""
    return screen_tables(context, meetings(context, thresholds))
