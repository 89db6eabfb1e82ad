"""Lines that the command line prints about an import preset: its decisions, and what it could not determine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from features.intake import Manifest

_BY = {"asked": "as asked", "data": "decided by the data", "none": "nothing depends on it"}
_CODES_SHOWN = 5


def preset_lines(manifest: Manifest) -> Iterator[str]:
    """Decisions with their figures, refunds, unknown codes, and tables that were left out.

    Args:
        manifest: of a snapshot; without a preset only refunds and codes are listed.
    """
    preset = manifest.preset
    if preset:
        for decision in preset.decisions:
            reason = "" if decision.by == "asked" else f": {decision.explanation}"
            yield f"{preset.name}: {decision.option}={decision.value}, {_BY[decision.by]}{reason}"
    refunds = manifest.reversals
    if refunds and refunds.refunds:
        yield (
            f"refunds: {refunds.refunds:,}; {refunds.named:,} name what they reverse, {refunds.matched:,} were "
            f"found by visit and amounts, {refunds.none + refunds.several:,} stay unlinked "
            f"({refunds.none:,} without an original, {refunds.several:,} with several)"
        )
    for table, counts in manifest.tables.items():
        for column, codes in counts.unknown_codes.items():
            yield f"{table}.{column}: codes that are in no list, read as unknown: {_codes(codes)}"
        for column, rows in counts.undecided.items():
            yield f"{table}.{column}: cannot be determined for {rows:,} rows, read as unknown"
    marked = manifest.tables["settlements"].flags.get("refund_without_negative_amounts")
    if marked:
        yield f"settlements marked as refunded that take nothing back: {marked:,}, used as they stand"
    if preset:
        for table, file in preset.made_of.items():
            yield f"{table} was made of {file}: what that file lacks is not assessable"
        for table, reason in preset.skipped.items():
            yield f"{table} was not read: {reason}"


def _codes(codes: Mapping[str, int]) -> str:
    most = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{code} ({rows:,} rows)" for code, rows in most[:_CODES_SHOWN])
    more = len(most) - _CODES_SHOWN
    return shown if more <= 0 else f"{shown} and {more} more"
