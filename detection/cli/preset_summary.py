"""Lines that the command line prints about an import preset: its decisions, and what it could not determine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from detection.language.stored import stored_text
from features.message import Message

if TYPE_CHECKING:
    from features.intake import Manifest
    from features.intake.manifest import PresetRecord

_BY = {
    "asked": Message("as asked"),
    "data": Message("decided by the data"),
    "none": Message("nothing depends on it"),
}
_CODES_SHOWN = 5


def preset_lines(manifest: Manifest, language: str) -> Iterator[Message]:
    """Decisions with their figures, refunds, unknown codes, and tables that were left out.

    Args:
        manifest: of a snapshot; without a preset only refunds and codes are listed.
        language: of what the snapshot states: ``en`` or ``zh``.
    """
    preset = manifest.preset
    if preset:
        yield from _decisions(preset, language)
    refunds = manifest.reversals
    if refunds and refunds.refunds:
        yield Message(
            "refunds: {refunds:,}; {named:,} name what they reverse, {matched:,} were found by visit and amounts, "
            "{unlinked:,} stay unlinked ({none:,} without an original, {several:,} with several)",
            refunds=refunds.refunds,
            named=refunds.named,
            matched=refunds.matched,
            unlinked=refunds.none + refunds.several,
            none=refunds.none,
            several=refunds.several,
        )
    for table, counts in manifest.tables.items():
        for column, codes in counts.unknown_codes.items():
            yield Message(
                "{column}: codes that are in no list, read as unknown: {codes}",
                column=f"{table}.{column}",
                codes=_codes(codes),
            )
        for column, rows in counts.undecided.items():
            yield Message(
                "{column}: cannot be determined for {rows:,} rows, read as unknown",
                column=f"{table}.{column}",
                rows=rows,
            )
    marked = manifest.tables["settlements"].flags.get("refund_without_negative_amounts")
    if marked:
        yield Message(
            "settlements marked as refunded that take nothing back: {rows:,}, used as they stand", rows=marked
        )
    if preset:
        for table, file in preset.made_of.items():
            yield Message(
                "{table} was made of {file}: what that file lacks is not assessable", table=table, file=file
            )
        for table, reason in preset.skipped.items():
            yield Message("{table} was not read: {reason}", table=table, reason=stored_text(reason)[language])


def _decisions(preset: PresetRecord, language: str) -> Iterator[Message]:
    for decision in preset.decisions:
        stated = Message(
            "{preset}: {option}={value}, {by}",
            preset=preset.name,
            option=decision.option,
            value=decision.value,
            by=_BY[decision.by],
        )
        if decision.by == "asked":
            yield stated
        else:
            reason = stored_text(decision.explanation)[language]
            yield Message("{stated}: {reason}", stated=stated, reason=reason)


def _codes(codes: Mapping[str, int]) -> Message | list[Message]:
    most = sorted(codes.items(), key=lambda item: (-item[1], item[0]))
    shown = [Message("{code} ({rows:,} rows)", code=code, rows=rows) for code, rows in most[:_CODES_SHOWN]]
    more = len(most) - _CODES_SHOWN
    return shown if more <= 0 else Message("{codes} and {more:,} more", codes=shown, more=more)
