"""What a run prints about detectors that are off."""

from __future__ import annotations

from detection.doctor.short import short_form
from detection.language.text import Text
from detection.run.request import DetectorDone


def done(detector: str, status: str, reason: str) -> DetectorDone:
    return DetectorDone(
        detector, status, Text(reason, reason.replace("; ", "；").replace("needs", "缺少")), 0, 0
    )


def test_detectors_that_are_off_are_listed_by_what_is_missing() -> None:
    lines = short_form(
        [
            done("ledger_break", "not_assessable", "needs account_entries"),
            done("credit_rule_violation", "not_assessable", "needs account_entries; needs contributions"),
            done("cap_rush", "partial", "needs nothing that is listed"),
            done(
                "refund_resettle_loop",
                "not_assessable",
                "0 of 5 settlements can be assessed; policy not known: x",
            ),
        ],
        "export --area 320600",
    )
    assert lines[0].startswith("Off")
    assert "  needs account_entries: Ledger breaks, Account credits" in lines
    assert "  needs contributions: Account credits" in lines
    assert not any("nothing that is listed" in line or "can be assessed" in line for line in lines)
    assert lines[-1].startswith("fundwatch doctor --data export --area 320600")


def test_nothing_is_printed_where_nothing_is_off() -> None:
    assert short_form([done("ledger_break", "available", "")], "export") == []


def test_the_lines_are_in_either_language() -> None:
    detectors = [
        done("credit_rule_violation", "not_assessable", "needs account_entries; needs contributions")
    ]
    chinese = short_form(detectors, "export", "zh")
    assert len(chinese) == len(short_form(detectors, "export")) == 4
    assert chinese[1].startswith("  缺少 account_entries：")
    assert not any(word in line for line in chinese for word in ("needs", "Account", "Off"))
