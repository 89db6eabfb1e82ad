"""Rows of settlements and their charge lines, from priced drafts; a reversal is a row with negative amounts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from data_samples.drafts import RELATIVE, Drafts, service_day, size, take
from data_samples.ids import of_settlements, spread
from data_samples.ledger import Ledger
from data_samples.magnitudes import CARES, CATEGORIES
from data_samples.people import People
from data_samples.period import DAY, Flags, Ints, Period
from data_samples.pricing import Priced
from data_samples.writing import days, names, times, yuan

_REVERSALS = 100
"""Added to a stream's number to make the ids of its reversals."""
_CREDENTIALS = ("e_credential", "id_card", "social_card")
PROGRAMMES = tuple(f"M{number:03d}" for number in range(1, 9))
_DIAGNOSES = tuple(
    f"{letter}{number:02d}.{digit}"
    for letter in "EIJKMR"
    for number in (3, 10, 11, 25, 78)
    for digit in (0, 9)
)


@dataclass(frozen=True)
class Outcome:
    """Everything decided: drafts, prices and the ledger, in the drafts' order; cells to be written otherwise."""

    drafts: Drafts
    priced: Priced
    ledger: Ledger
    people: People
    person_ids: pl.Series
    provider_ids: pl.Series
    defects: Mapping[int, list[tuple[str, object]]]

    def settlement_ids(self, row: Ints, reversal: bool | Flags = False) -> pl.Series:
        """Ids of drafts, or of the reversals of drafts."""
        stream = self.drafts.stream[row].astype(np.int64) + np.where(reversal, _REVERSALS, 0)
        return of_settlements("S", stream, self.drafts.number[row])

    def at_issue(self, row: Ints) -> Ints:
        """Fen from the pooled fund and from accounts."""
        return self.priced.pool[row] + self.ledger.paid[row]


def months_of_rows(outcome: Outcome, period: Period) -> Iterator[tuple[str, Ints, Flags]]:
    """Drafts and reversals month by month, in order of time: month, row numbers, whether a reversal."""
    drafts = outcome.drafts
    reversed_ = np.flatnonzero(drafts.reversed_at >= 0)
    row = np.r_[np.arange(size(drafts)), reversed_]
    back = np.arange(len(row)) >= size(drafts)
    at = np.where(back, drafts.reversed_at[row], drafts.at[row])
    order = np.lexsort((back, drafts.number[row], drafts.stream[row], at))
    edges = np.searchsorted(at[order], np.r_[period.month_starts, period.last_day + 1] * DAY)
    for number, start in enumerate(period.month_starts):
        chosen = order[edges[number] : edges[number + 1]]
        yield str(np.datetime64(int(start), "D"))[:7], row[chosen], back[chosen]


def settlement_frame(outcome: Outcome, row: Ints, back: Flags) -> pl.DataFrame:
    """The contract's settlements of these drafts (`back`: their reversals)."""
    drafts = take(outcome.drafts, row)
    ids = outcome.settlement_ids(row)
    own_ids = outcome.settlement_ids(row, back)
    sign = np.where(back, -1, 1)
    category = outcome.priced.category[row]
    scheme = outcome.priced.resident[row].astype(np.int64)
    desk = np.where(drafts.desk >= 0, drafts.desk, drafts.provider)
    stay = drafts.admitted < 0
    prescribed = drafts.prescribed
    at = np.where(back, drafts.reversed_at, drafts.at)
    encounters = of_settlements("V", drafts.stream, drafts.number)
    columns: dict[str, pl.Series] = {
        "settlement_id": own_ids,
        "person_id": names(outcome.person_ids, drafts.person),
        "provider_id": names(outcome.provider_ids, drafts.provider),
        "settled_at": times(at),
        "service_date": days(service_day(drafts)),
        "scheme": names(("employee", "resident"), scheme),
        "person_category": names(CATEGORIES, category),
        "care_type": names(CARES, drafts.care),
        "programme_code": names(PROGRAMMES, drafts.programme),
        "encounter_id": encounters,
        "admitted_on": days(drafts.admitted, stay),
        "discharged_on": days(service_day(drafts), stay),
        "diagnosis_code": names(
            _DIAGNOSES, np.where(drafts.diagnosis < 0, -1, drafts.diagnosis % len(_DIAGNOSES))
        ),
        "prescriber_id": _staff("D", desk, drafts.doctor),
        "prescribed_at": times(prescribed, prescribed < 0),
        "prescription_no": _numbered("R", drafts),
        "credential_type": names(_CREDENTIALS, drafts.credential),
        "channel": names(("online", "manual"), drafts.channel),
        "operator_id": _staff("O", drafts.provider, drafts.counter),
    }
    frame = pl.DataFrame(columns).with_columns(_money(outcome, drafts, row, sign))
    payer = np.where((drafts.purse == RELATIVE) & (outcome.ledger.paid[row] > 0), drafts.payer, -1)
    balance = np.where(back, outcome.ledger.own_balance_reversed[row], outcome.ledger.own_balance[row])
    frame = frame.with_columns(
        names(outcome.person_ids, payer).alias("mutual_aid_payer_id"),
        names(yuan(np.maximum(balance, 0)), np.where(balance < 0, -1, np.arange(len(row)))).alias(
            "account_balance_after"
        ),
        names(ids, np.where(back, np.arange(len(row)), -1)).alias("reverses_settlement_id"),
    )
    return _with_defects(frame, outcome, row, back)


def _with_defects(frame: pl.DataFrame, outcome: Outcome, row: Ints, back: Flags) -> pl.DataFrame:
    """Cells that a scene has written otherwise; reversals stay as they are."""
    affected = np.flatnonzero(np.isin(row, list(outcome.defects)) & ~back) if outcome.defects else ()
    for place in affected:
        for column, value in outcome.defects[int(row[place])]:
            cell = _cell(value, frame.schema[column])
            frame = frame.with_columns(frame[column].scatter(int(place), cell))
    return frame


def _cell(value: object, kind: pl.DataType) -> pl.Series:
    """One value of a column: money in fen, days since 1970-01-01, seconds, or text."""
    if value is None:
        return pl.Series([None], dtype=kind)
    if isinstance(kind, pl.Decimal):
        return yuan(np.array([value]))
    if kind == pl.Date:
        return days(np.array([value]))
    return times(np.array([value])) if isinstance(kind, pl.Datetime) else pl.Series([value], dtype=kind)


def _money(outcome: Outcome, drafts: Drafts, row: Ints, sign: Ints) -> list[pl.Series]:
    """The amounts; both identities hold by construction."""
    paid, pool = outcome.ledger.paid[row], outcome.priced.pool[row]
    aided = drafts.purse == RELATIVE
    total = drafts.total
    second = outcome.priced.second[row]
    fen = {
        "total_amount": total,
        "fully_self_paid": drafts.outside,
        "over_limit_self_paid": drafts.ceiling,
        "pre_self_paid": drafts.copay,
        "in_scope_amount": total - drafts.outside - drafts.ceiling - drafts.copay,
        "deductible_paid": outcome.priced.deductible[row],
        "pool_paid": pool,
        "other_fund_paid": second,
        "account_paid": np.where(aided, 0, paid),
        "mutual_aid_paid": np.where(aided, paid, 0),
        "cash_paid": total - pool - second - paid,
        "provider_borne": np.zeros(len(row), dtype=np.int64),
    }
    return [yuan(values * sign).alias(name) for name, values in fen.items()]


def _staff(prefix: str, provider: Ints, number: Ints) -> pl.Series:
    """Doctors and operators: numbered within their provider."""
    ids = spread(prefix, np.maximum(provider.astype(np.int64) * 100 + number, 0), 9)
    return names(ids, np.where(number < 0, -1, np.arange(len(provider))))


def _numbered(prefix: str, drafts: Drafts) -> pl.Series:
    """Numbers of prescriptions, where there is a doctor."""
    ids = of_settlements(prefix, drafts.stream, drafts.number)
    return names(ids, np.where(drafts.doctor < 0, -1, np.arange(len(ids))))
