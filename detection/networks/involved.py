"""Evidence of those who take part in a group's meetings: persons and providers."""

from __future__ import annotations

import polars as pl

from detection.networks.meetings import Meetings

OWN = 0.5
"""Share of the group's evidence that counts for each member; what the member attended comes on top."""

_LEAST_SLOTS = 2
_LEAST_MEMBERS = 4


def involved(proven: Meetings, *, batch: bool) -> pl.DataFrame:
    """Evidence of persons and providers, never above that of their group.

    A person's evidence is a share of the group's and the surprise of what the person attended, among all who were
    there. A provider's is the surprise of the meetings there, less the choice of its slots.

    Args:
        proven: the groups.
        batch: of batches, or of all other groups.

    Returns:
        subject_kind, subject_id, value, observed, expected.
    """
    groups = proven.cases.filter(pl.col("batch") == batch, pl.col("evidence") > 0).select(
        "group", whole="evidence"
    )
    return pl.concat([_persons(proven, groups), _providers(proven, groups)])


def _persons(proven: Meetings, groups: pl.DataFrame) -> pl.DataFrame:
    ids = proven.rows.select("person", "person_id").unique()
    people = proven.groups.people.join(groups, on="group").join(ids, on="person")
    own = OWN * pl.col("whole") + pl.col("evidence")
    return people.select(
        subject_kind=pl.lit("person"),
        subject_id="person_id",
        value=pl.min_horizontal("whole", own),
        observed=pl.col("seen").cast(pl.Float64),
        expected=pl.col("expected"),
    )


def _providers(proven: Meetings, groups: pl.DataFrame) -> pl.DataFrame:
    ids = proven.rows.select("provider", "provider_id").unique()
    places = (
        proven.groups.meetings.join(groups, on="group")
        .group_by("group", "provider", "whole")
        .agg(
            met=pl.len(),
            most=pl.col("members").max(),
            surprise=pl.col("surprise").sort().sum(),
            observed=pl.col("members").sum().cast(pl.Float64),
            expected=pl.col("expected").sort().sum(),
        )
        .filter(pl.col("met") >= _LEAST_SLOTS, pl.col("most") >= _LEAST_MEMBERS)
        .join(proven.choices, on="provider")
        .join(ids, on="provider")
    )
    own = pl.col("surprise") - pl.col("met") * pl.col("slots").log10()
    return places.select(
        subject_kind=pl.lit("provider"),
        subject_id="provider_id",
        value=pl.min_horizontal("whole", own),
        observed="observed",
        expected="expected",
    ).filter(pl.col("value") > 0)
