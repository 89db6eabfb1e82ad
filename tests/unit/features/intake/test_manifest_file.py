"""The stored form of a manifest: content of the previous version is read, and written with the same keys."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from features.intake.manifest import Manifest, read_manifest, write_manifest

COUNTS = {"read": 2, "accepted": 1, "quarantined": 1, "excluded": 0}
STORED: dict[str, object] = {
    "manifest_version": 1,
    "snapshot_id": "c1af48f28da83f25",
    "simulated": False,
    "files": [{"name": "SETL_D.csv", "sha256": "ab", "encoding": "utf-8", "rows": 2}],
    "ignored_files": ["notes.txt"],
    "day_precision": ["settlements.settled_at"],
    "first_settled_day": "2024-03-01",
    "last_settled_day": "2024-03-02",
    "identities": {"broken_cost_identity": {"checked": 2, "broken": 0}},
    "reversals": {"refunds": 3, "named": 1, "found": 1, "none": 1, "several": 0},
    "preset": {
        "name": "nhsa",
        "decisions": [
            {
                "option": "hosp_lv",
                "value": "grade",
                "by": "data",
                "figures": {"11": 1},
                "said": "two digits: 11 (1)",
            }
        ],
        "not_taken": {"account_entries": "ACCT_PAY_DETL_D is not there"},
        "made_of": {"persons": "SETL_D"},
    },
    "tables": {
        "settlements": {
            "rows": {**COUNTS, "flagged": 0},
            "money": {"pool_paid": {**COUNTS, "unreadable_cells": 0}},
            "quarantined_by_reason": {"missing value": 1},
            "quarantined_by_column": [{"reason": "missing value", "column": "pool_paid", "rows": 1}],
            "excluded_by_rule": {},
            "flags": {},
            "unknown_codes": {"care_type": {"99": 1}},
            "undecided": {},
            "columns": ["settlement_id", "pool_paid"],
            "ignored_columns": [],
        }
    },
}
"""As the version before typed manifests wrote it."""


def test_a_manifest_of_the_previous_version_is_read_and_written_alike(tmp_path: Path) -> None:
    text = json.dumps(STORED, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    (tmp_path / "manifest.json").write_text(text, encoding="utf-8")
    manifest = read_manifest(tmp_path)
    assert manifest.reversals is not None and manifest.reversals.matched == 1
    assert manifest.preset is not None
    assert manifest.preset.skipped == {"account_entries": "ACCT_PAY_DETL_D is not there"}
    assert manifest.preset.decisions[0].explanation == "two digits: 11 (1)"
    write_manifest(tmp_path, manifest)
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == text


def test_keys_of_a_later_version_are_ignored() -> None:
    assert Manifest.from_json({**STORED, "weather": "fine"}) == Manifest.from_json(STORED)


def test_a_manifest_without_its_tables_is_refused() -> None:
    with pytest.raises(ValidationError, match="tables"):
        Manifest.from_json({name: value for name, value in STORED.items() if name != "tables"})
