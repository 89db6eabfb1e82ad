"""Limits of the work on packets, leads and cases, from limits.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.chosen_numbers import read_numbers


@dataclass(frozen=True)
class Limits:
    """Limits; limits.toml has the unit and source of each.

    Attributes:
        most_open_packets: that one inspector holds at a time.
        shortest_reason: characters of a reason.
        second_review_from: fen from which two people dismiss an alert.
        second_review_share: share of the smaller alerts that a second person reviews too.
        guidance_below: grade below which a packet is for guidance.
        leak_share: share of the suppressed alerts that are shown all the same.
        longest_suppression: days from a proposal to its last day.
        limitation_years: from the end of an act, after which it is not punished.
        limitation_years_harm: the same, where life or health was harmed.
        limitation_near: days before its end from which a limitation is shown among what is due.
        payment_days: days after its first entry as upheld within which money comes in.
        most_file_megabytes: of one file of a case.
        draft_days: days for which what was typed and not sent is kept.
        longest_snooze: days for which an alert may be put aside.
        audited_share: share of the dismissed alerts that are selected at random and looked at again.
        audited_institutions, audited_people: without alerts, that are selected each month of data.
        expires_after: days from an alert's last event after which it expires unjudged.
    """

    most_open_packets: int
    shortest_reason: int
    second_review_from: int
    second_review_share: float
    guidance_below: int
    leak_share: float
    longest_suppression: int
    limitation_years: int
    limitation_years_harm: int
    limitation_near: int
    payment_days: int
    most_file_megabytes: int
    draft_days: int
    longest_snooze: int
    expires_after: int
    audited_share: float
    audited_institutions: int
    audited_people: int


@cache
def limits() -> Limits:
    """Read limits.toml.

    Raises:
        CardError: an entry is missing, unknown or of a wrong type.
    """
    return read_numbers(Path(__file__).with_name("limits.toml"), Limits)
