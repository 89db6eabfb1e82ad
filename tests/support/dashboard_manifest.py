"""The intake's counts of the hand-filled workspace: rows and fen that add up."""

from __future__ import annotations

from typing import Any


def manifest() -> dict[str, Any]:
    """As a snapshot's manifest.json has it."""

    def counts(
        read: int, quarantined: int, excluded: int, flagged: int, money: tuple[str, ...] = ()
    ) -> dict[str, Any]:
        accepted = read - quarantined - excluded
        return {
            "rows": {
                "read": read,
                "accepted": accepted,
                "quarantined": quarantined,
                "excluded": excluded,
                "flagged": flagged,
            },
            "quarantined_by_reason": {"unreadable value": quarantined} if quarantined else {},
            "excluded_by_rule": {"valid = 0": excluded} if excluded else {},
            "flags": {"broken_funding_identity": flagged} if flagged else {},
            "money": {
                column: {
                    "read": read * 5_000,
                    "accepted": accepted * 5_000,
                    "quarantined": quarantined * 5_000,
                    "excluded": excluded * 5_000,
                    "unreadable_cells": quarantined,
                }
                for column in money
            },
        }

    return {
        "files": [
            {"name": name, "sha256": "", "encoding": "utf-8", "rows": 0}
            for name in ("settlements.csv", "account_entries.csv")
        ],
        "tables": {
            "persons": counts(20_000, 0, 0, 0),
            "enrolments": counts(20_412, 0, 0, 0),
            "providers": counts(12, 0, 0, 0),
            "settlements": counts(
                312_506, 31, 783, 12, ("total_amount", "pool_paid", "account_paid", "mutual_aid_paid")
            ),
            "account_entries": counts(540_120, 0, 0, 2, ("amount", "balance_after")),
            "family_authorizations": counts(2_410, 0, 0, 0),
        },
    }
