"""The format of a file of outside leads: its columns, and what each may hold."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Literal, get_args

from pydantic import Field

from detection.language.messages import case_label
from features.dated import TomlModel

LeadKind = Literal[
    "complaint", "national_list", "province_list", "smart_audit", "other_agency", "self_report", "other"
]
"""How a lead came: a complaint, a list of the national or the province's bureau, a refusal of the smart audit, a report
of a party about itself, a transfer by another authority, or otherwise."""
SubjectKind = Literal["provider", "person", "employer", "prescriber", "operator"]
"""Whom a lead is about, in the contract's words; an account is its owner."""
LEAD_KINDS: tuple[LeadKind, ...] = get_args(LeadKind)
SUBJECT_KINDS: tuple[SubjectKind, ...] = get_args(SubjectKind)
LONGEST_SENDER = 80
LONGEST_NUMBER = 80
LONGEST_TEXT = 4000


def hint(column: str, language: str) -> str:
    """What a column holds."""
    return case_label("lead_hint", column, language)


class LeadRow(TomlModel):
    """A row of a file of outside leads (CSV or Excel); columns in any order, headed by these names or in Chinese."""

    sender: str = Field(
        default="",
        max_length=LONGEST_SENDER,
        description=hint("sender", "en"),
    )
    sender_number: str = Field(
        min_length=1,
        max_length=LONGEST_NUMBER,
        description=hint("sender_number", "en"),
    )
    received_on: dt.date = Field(description=hint("received_on", "en"))
    deadline: dt.date | None = Field(
        default=None,
        description=hint("deadline", "en"),
    )
    kind: LeadKind = Field(description=hint("kind", "en"))
    subject_kind: SubjectKind | None = Field(default=None, description=hint("subject_kind", "en"))
    subject_id: str = Field(
        default="",
        max_length=LONGEST_NUMBER,
        description=hint("subject_id", "en"),
    )
    institution: str = Field(default="", max_length=120, description=hint("institution", "en"))
    period_start: dt.date | None = Field(default=None, description=hint("period_start", "en"))
    period_end: dt.date | None = Field(default=None, description=hint("period_end", "en"))
    amount_claimed: Decimal | None = Field(default=None, ge=0, description=hint("amount_claimed", "en"))
    text: str = Field(
        default="",
        max_length=LONGEST_TEXT,
        description=hint("text", "en"),
    )


COLUMNS: tuple[str, ...] = tuple(LeadRow.model_fields)
"""Names of the columns, in the order of the template."""
NEEDED: tuple[str, ...] = ("sender_number", "received_on", "kind")
"""Columns without which a file is not read."""


def longest(column: str) -> int:
    """Characters that a cell of a column of text may have; 0 for a column that is no text."""
    metadata = LeadRow.model_fields[column].metadata
    return next((each.max_length for each in metadata if hasattr(each, "max_length")), 0)
