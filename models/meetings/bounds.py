"""What was chosen about meetings: each value is a threshold on the cards of the detectors."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """Thresholds of meetings and groups.

    Attributes:
        crowd: people in a slot, on average, above which a provider's slots are made shorter.
        fullest: a slot with more people proposes no pairs.
        pair_days: days on which a pair must have met.
        pair_surprise: least surprise of a pair.
        together: members in a slot that make it a meeting of the group.
        slot_surprise: least surprise of a meeting.
        min_members: people of a group, counting recorded relatives as one.
        min_days: days on which the group met.
        batch_minutes: longest median gap, in minutes, between the members of a batch.
    """

    crowd: float
    fullest: float
    pair_days: float
    pair_surprise: float
    together: float
    slot_surprise: float
    min_members: float
    min_days: float
    batch_minutes: float
