"""What the command line prints of an import preset: what it decided, and what it could not tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

_BY = {"asked": "as asked", "data": "decided by the data", "none": "nothing depends on it"}
_CODES_SHOWN = 5


def preset_lines(manifest: Mapping[str, Any]) -> Iterator[str]:
    """Decisions with their figures, refunds, codes that no list knows, tables that were left out.

    Args:
        manifest: of a snapshot; without a preset only the codes are said.
    """
    preset: Mapping[str, Any] = manifest.get("preset", {})
    for one in preset.get("decisions", ()):
        said = "" if one["by"] == "asked" else f": {one['said']}"
        yield f"{preset['name']}: {one['option']}={one['value']}, {_BY[one['by']]}{said}"
    refunds = manifest.get("reversals")
    if refunds and refunds["refunds"]:
        yield (
            f"refunds: {refunds['refunds']:,}; {refunds['named']:,} name what they reverse, {refunds['found']:,} were "
            f"found by visit and amounts, {refunds['none'] + refunds['several']:,} stay unlinked "
            f"({refunds['none']:,} without an original, {refunds['several']:,} with several)"
        )
    for table, counts in manifest["tables"].items():
        for column, codes in counts.get("unknown_codes", {}).items():
            yield f"{table}.{column}: codes that are in no list, read as unknown: {_codes(codes)}"
        for column, rows in counts.get("undecided", {}).items():
            yield f"{table}.{column}: cannot be told for {rows:,} rows, read as unknown"
    marked = manifest["tables"].get("settlements", {}).get("flags", {}).get("refund_without_negative_amounts")
    if marked:
        yield f"settlements marked as refunded that take nothing back: {marked:,}, used as they stand"
    for table, file in preset.get("made_of", {}).items():
        yield f"{table} was made of {file}: what that does not tell is not assessable"
    for table, reason in preset.get("not_taken", {}).items():
        yield f"{table} was not taken: {reason}"


def _codes(codes: Mapping[str, int]) -> str:
    most = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    shown = ", ".join(f"{code} ({rows:,} rows)" for code, rows in most[:_CODES_SHOWN])
    more = len(most) - _CODES_SHOWN
    return shown if more <= 0 else f"{shown} and {more} more"
