"""Tolerances of the checks of intake, from tolerances.toml."""

from __future__ import annotations

import datetime as dt
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pydantic import Field

from features.dated import TomlModel


class Tolerance(TomlModel):
    """A tolerance: its unit, its source, and the day from which it applies."""

    start: dt.date = Field(alias="from")
    unit: str
    source: str


class WholeTolerance(Tolerance):
    """A tolerance in whole units."""

    value: int


class ShareTolerance(Tolerance):
    """A tolerance that is a share."""

    value: float


class TolerancesFile(TomlModel):
    """The content of tolerances.toml."""

    identity: WholeTolerance
    ledger: WholeTolerance
    oldest_age: WholeTolerance
    far_future_share: ShareTolerance
    far_future_days: WholeTolerance
    far_past_pause: WholeTolerance
    far_past_share: ShareTolerance
    longest_cell: WholeTolerance
    cell_breaks: WholeTolerance
    utf8_share: ShareTolerance
    join_share: ShareTolerance
    cause_share: ShareTolerance


@dataclass(frozen=True)
class Tolerances:
    """Tolerances; tolerances.toml has the unit and source of each.

    Attributes:
        identity: largest deviation of an accounting identity, in fen.
        ledger: largest deviation of a balance, in fen.
        oldest_age: highest plausible age, in years.
        far_future_share: quantile of the settlement days that is the usual last day.
        far_future_days: a settlement more than this many days after the usual last day is implausible.
        far_past_pause: days without a settlement that separate implausible early days from the others.
        far_past_share: largest share of settlements before such a pause.
        longest_cell: longest cell of a text file, in bytes.
        cell_breaks: most line breaks in a cell.
        utf8_share: share of the lines with other than ASCII characters from which a damaged file is UTF-8.
        join_share: share of the rows without a row in the other table from which a join is said to be broken.
        cause_share: share of these rows that a likely cause explains.
    """

    identity: int
    ledger: int
    oldest_age: int
    far_future_share: float
    far_future_days: int
    far_past_pause: int
    far_past_share: float
    longest_cell: int
    cell_breaks: int
    utf8_share: float
    join_share: float
    cause_share: float


@cache
def load_tolerances() -> Tolerances:
    """Read tolerances.toml.

    Raises:
        ValidationError: an entry is missing, unknown or of a wrong type.
    """
    text = (Path(__file__).parent / "tolerances.toml").read_text(encoding="utf-8")
    file = TolerancesFile.model_validate(tomllib.loads(text))
    return Tolerances(
        identity=file.identity.value,
        ledger=file.ledger.value,
        oldest_age=file.oldest_age.value,
        far_future_share=file.far_future_share.value,
        far_future_days=file.far_future_days.value,
        far_past_pause=file.far_past_pause.value,
        far_past_share=file.far_past_share.value,
        longest_cell=file.longest_cell.value,
        cell_breaks=file.cell_breaks.value,
        utf8_share=file.utf8_share.value,
        join_share=file.join_share.value,
        cause_share=file.cause_share.value,
    )
