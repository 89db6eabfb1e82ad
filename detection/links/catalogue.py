"""Every link that a card may rest on, by name, and what measures it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import narwhals.stable.v2 as nw
import polars as pl

from detection.links import amounts, families, ledgers, parts, people, providers, settled, sums
from detection.links.gaps import Span
from detection.links.link import Break, LinkName
from features.engine import Views, collect
from features.tables import Tables

LINKS: Mapping[LinkName, Callable[[Tables, Span], Iterator[Break]]] = {
    "patient_person": people.person_rows,
    "patient_enrolment": people.patient_enrolments,
    "enrolled_scheme": people.schemes,
    "account_enrolment": people.owner_enrolments,
    "provider_row": providers.provider_rows,
    "provider_agreement": providers.agreements,
    "provider_stop": providers.stops,
    "aid_payer": families.payers,
    "aid_authorization": families.authorizations,
    "lines_unit": amounts.lines_unit,
    "ledger_unit": amounts.ledger_unit,
    "ledger_balance": ledgers.balances,
    "ledger_payments": ledgers.payments,
    "contribution_unit": amounts.contribution_unit,
    "settlement_unit": amounts.settlement_unit,
    "settlement_sums": sums.settlement_sums,
    "settlement_rows": settled.settlement_rows,
    "ledger_days": settled.ledger_days,
    "price_unit": parts.price_unit,
    "scope_unit": parts.scope_unit,
    "balance_unit": parts.balance_unit,
    "base_share": parts.base_share,
    "deductible_unit": parts.deductible_unit,
    "contribution_rows": parts.contribution_rows,
}
"""Measures by the name that cards use (``rests_on``)."""


def breaks_of(name: LinkName, views: Views) -> tuple[Break, ...]:
    """The breaks of a link in a data set, measured once.

    Args:
        name: of the link.
        views: over all accepted rows.
    """
    tables = views.tables
    return views.remember(("link", name), lambda: tuple(LINKS[name](tables, _span(views))))


def usable_rows(table: str, views: Views) -> int:
    """How many accepted rows a table has, counted once."""
    return views.remember(("rows", table), lambda: _rows(views.tables, table))


def _rows(tables: Tables, table: str) -> int:
    return int(tables.frame(table).to_native().select(pl.len()).collect().item())


def _span(views: Views) -> Span:
    return views.remember("span of claims", lambda: _measured_span(views.tables))


def _measured_span(tables: Tables) -> Span:
    settled = nw.col("settled_day")
    first, last = collect(tables.settlements.select(first=settled.min(), last=settled.max())).row(0)
    return Span(first or 0, last or 0)
