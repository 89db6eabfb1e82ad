"""Rows of the ledger, the charge lines, the catalogue and the registered contexts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import polars as pl

from data_samples.drafts import take
from data_samples.grouped import starts
from data_samples.ids import spread
from data_samples.ledger_events import ENTRY_KINDS, PREMIUM_KINDS, REFUND
from data_samples.period import NEVER, Flags, Ints
from data_samples.settlement_rows import Outcome
from data_samples.writing import days, names, price, quantity, times, yuan

ITEMS = 300
WATCHED_FROM = 285
"""Items from this number on, below `ITEMS`, are on the watch list of easily resold drugs."""
_KINDS = ("drug", "tcm", "device", "service", "consumable", "wellness")
_KIND_NAMES: Mapping[str, str] = {
    "drug": "药品",
    "tcm": "中药饮片",
    "device": "器械",
    "service": "检查",
    "consumable": "耗材",
    "wellness": "保健品",
}
OTHER_ITEMS: Mapping[str, range] = {
    "wellness": range(300, 308),
    "device": range(308, 314),
    "consumable": range(314, 320),
}
"""Items of the other kinds; nobody buys them in the background."""
LIMITED_ITEMS: Mapping[str, range] = {
    "female": range(320, 324),
    "male": range(324, 327),
    "child": range(327, 330),
    "adult": range(330, 333),
    "test": range(333, 336),
}
"""Drugs for one sex or age, and a test that has to wait; the third author and later ones have their limits."""
CHILD_UP_TO, ADULT_FROM, DAYS_BETWEEN_TESTS = 12, 18, 90
"""Oldest and youngest age in years, and days to wait. Illustrative."""
_CATALOGUE = 336

Context = tuple[str, int, int, int, int]
"""kind, person (-1: everyone at the provider), provider (-1: everywhere), first day, last day."""


def entry_frame(outcome: Outcome, chosen: Ints) -> pl.DataFrame:
    """account_entries: the chosen entries of the ledger, in its order."""
    ledger = outcome.ledger
    account, row = ledger.account[chosen], ledger.row[chosen]
    kind = ledger.kind[chosen]
    nth = chosen - starts(ledger.account)[chosen]
    back = kind == REFUND
    known = np.where(row >= 0, np.arange(len(row)), -1)
    settlements = names(outcome.settlement_ids(np.maximum(row, 0), back), known)
    patient = outcome.drafts.person[np.maximum(row, 0)].astype(np.int64)
    beneficiary = np.where((row >= 0) & (patient != account), patient, ledger.beneficiary[chosen])
    return pl.DataFrame(
        {
            "entry_id": spread("E", account, 9) + pl.Series(nth).cast(pl.String).str.zfill(5),
            "account_id": names(outcome.person_ids, account),
            "posted_at": times(ledger.at[chosen]),
            "entry_kind": names(ENTRY_KINDS, kind),
            "amount": yuan(ledger.amount[chosen]),
            "balance_after": yuan(ledger.balance[chosen]),
            "accrual_month": _months(ledger.month[chosen]),
            "settlement_id": settlements,
            "beneficiary_id": names(outcome.person_ids, beneficiary),
            "premium_kind": names(PREMIUM_KINDS, ledger.premium[chosen]),
        }
    )


def _months(start: Ints) -> pl.Series:
    """Months by their first day; null where that is -1."""
    texts = pl.Series(start.astype(np.int32)).cast(pl.Date).dt.strftime("%Y-%m")
    return names(texts, np.where(start < 0, -1, np.arange(len(start))))


def line_frame(outcome: Outcome, row: Ints, back: Flags) -> pl.DataFrame:
    """charge_lines: one to three lines whose amounts add up to the settlement's total and scope."""
    drafts = take(outcome.drafts, row)
    lines = drafts.lines.astype(np.int64)
    of = np.repeat(np.arange(len(row)), lines)
    number = np.arange(len(of)) - np.repeat(np.cumsum(lines) - lines, lines)
    scope = drafts.total - drafts.outside - drafts.ceiling - drafts.copay
    sign = np.where(back, -1, 1)[of]
    amount, in_scope = _part(drafts.total, lines, of, number), _part(scope, lines, of, number)
    item = (drafts.item[of] + number * 37) % WATCHED_FROM
    item = np.where(number == 0, drafts.item[of], item)
    packs = drafts.packs[of].astype(np.int64)
    supply = drafts.supply[of].astype(np.int64)
    service = (drafts.care[of] > 0) & (number > 0)
    given = names(quantity(np.maximum(supply, 0) * 10_000), np.where(supply < 0, -1, np.arange(len(of))))
    return pl.DataFrame(
        {
            "settlement_id": names(outcome.settlement_ids(row, back), of),
            "line_no": number + 1,
            "item_code": names(item_codes(), item),
            "item_name": names(item_names(), item),
            "item_kind": names(_KINDS, np.where(service, 3, item_kinds()[item])),
            "coverage_class": names(("A", "B", "C"), item % 3),
            "quantity": quantity(packs * sign * 10_000),
            "unit_price": price(amount * 10_000 // packs),
            "amount": yuan(amount * sign),
            "in_scope_amount": yuan(in_scope * sign),
            "days_supply": given,
        }
    )


def _part(amount: Ints, lines: Ints, of: Ints, number: Ints) -> Ints:
    """Equal parts in fen; the first line takes what does not divide."""
    share = amount // lines
    return np.where(number == 0, (amount - share * (lines - 1))[of], share[of])


def item_codes() -> pl.Series:
    """Codes of the catalogue."""
    return spread("X", np.arange(_CATALOGUE), 6)


def item_names() -> pl.Series:
    """Names of the catalogue: the kind in Chinese, as institutions have it, and a number."""
    kinds = [_KIND_NAMES[_KINDS[kind]] for kind in item_kinds()]
    return pl.Series([f"模拟{kind}{number + 1}" for number, kind in enumerate(kinds)])


def item_kinds() -> Ints:
    """Kind of every item: mostly drugs, every ninth of traditional medicine, and the other kinds at the end."""
    number = np.arange(_CATALOGUE)
    kinds = np.where(number % 9 == 4, _KINDS.index("tcm"), _KINDS.index("drug"))
    for name, items in OTHER_ITEMS.items():
        kinds[items] = _KINDS.index(name)
    for name, items in LIMITED_ITEMS.items():
        kinds[items] = _KINDS.index("service" if name == "test" else "drug")
    return kinds


def item_frame(*, limited: bool = False) -> pl.DataFrame:
    """item_reference: drugs with their substances, and the watch list; `limited`: with limits of sex, age and time."""
    number = np.arange(ITEMS)
    if not limited:
        return _reference(number).sort("item_code")
    limits = np.r_[number, [item for items in LIMITED_ITEMS.values() for item in items]]
    return _reference(limits).with_columns(_limits(limits)).sort("item_code")


def _limits(number: Ints) -> list[pl.Series]:
    """Sex, ages in years and days between two uses, where an item has a limit."""

    def of(name: str, value: object) -> list[object]:
        return [value if item in LIMITED_ITEMS[name] else None for item in number]

    sex = pl.Series("sex_only", of("female", "female"), dtype=pl.String)
    return [
        sex.zip_with(sex.is_not_null(), pl.Series(of("male", "male"), dtype=pl.String)),
        pl.Series("age_min", of("adult", ADULT_FROM), dtype=pl.Int64),
        pl.Series("age_max", of("child", CHILD_UP_TO), dtype=pl.Int64),
        pl.Series("min_interval_days", of("test", DAYS_BETWEEN_TESTS), dtype=pl.Int64),
    ]


def _reference(number: Ints) -> pl.DataFrame:
    return pl.DataFrame(
        {
            "item_code": names(item_codes(), number),
            "substance": [f"Substance {which // 2 + 1}" for which in number],
            "daily_dose": quantity((1 + number % 3) * 10_000),
            "watch_list": (number >= WATCHED_FROM) & (number < ITEMS),
        }
    )


def context_frame(
    contexts: Sequence[Context], person_ids: pl.Series, provider_ids: pl.Series
) -> pl.DataFrame:
    """registered_contexts: lawful reasons for doing things together."""
    count = len(contexts)
    kind = [context[0] for context in contexts]
    person, provider, first, last = (
        np.array([context[place] for context in contexts], dtype=np.int64) for place in range(1, 5)
    )
    return pl.DataFrame(
        {
            "context_id": spread("K", np.arange(count), 7),
            "kind": pl.Series(kind, dtype=pl.String),
            "person_id": names(person_ids, person),
            "provider_id": names(provider_ids, provider),
            "from": days(first),
            "to": days(last, last >= NEVER),
        }
    )
