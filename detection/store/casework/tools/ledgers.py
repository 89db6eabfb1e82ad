"""What happens to the ledger of a case when its alerts change, or when it goes on in another case."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from detection.cases.life_cycle import life_cycle
from detection.cases.money import Entry, Fund, sums
from detection.cases.moves import Act
from detection.store.casework.acting import Entering
from detection.store.casework.events import Changed, Stored, append, entries, stored
from detection.store.casework.lineage import family
from detection.store.casework.opening import claims, enter_entry
from detection.store.casework.tables import CaseAlert

_NOTE = "note"
_DAY = 10
_FUNDS: tuple[Fund, ...] = ("pool", "account")


def claimed(connection: Connection, alert_ids: Collection[str]) -> dict[Fund, int]:
    """What alerts claim, in fen by fund, each settlement once."""
    return {entry.fund: entry.amount for entry in claims(connection, sorted(alert_ids))}


def enter_difference(
    entering: Entering, changed: Changed, before: Collection[str], after: Collection[str]
) -> None:
    """Enter by how much the claims of a case change with its alerts; what is claimed never falls below zero.

    Of cases that were split from each other, the oldest that cites a settlement claims it: another of them takes over
    what this one no longer cites, by a note, until its findings are drafted.

    Args:
        entering: the transaction.
        changed: the case, whose alerts are stored as they are after.
        before: its alerts before.
        after: its alerts after.
    """
    _share_anew(entering, {changed.case_id: changed}, {changed.case_id: (before, after)})


def divide_claims(
    entering: Entering, stays: Changed, new: Changed, before: Collection[str], after: Collection[str]
) -> None:
    """Enter in a new case what the case it is split from loses: a settlement of both is claimed by the first alone.

    Args:
        entering: the transaction.
        stays: the case that is split.
        new: the case that is split off.
        before: alerts of the case before it is split.
        after: alerts that stay in it.
    """
    leave = frozenset(before) - frozenset(after)
    _share_anew(
        entering,
        {stays.case_id: stays, new.case_id: new},
        {stays.case_id: (before, after), new.case_id: ((), leave)},
    )


def _share_anew(
    entering: Entering,
    acts: Mapping[str, Changed],
    alerts: Mapping[str, tuple[Collection[str], Collection[str]]],
) -> None:
    """Enter by how much each case of a family should claim more or less than before.

    Args:
        entering: the transaction.
        acts: what was done, by case; that whose alerts change comes first.
        alerts: of these cases before and after.
    """
    connection, first = entering.connection, next(iter(acts))
    members = family(connection, first)
    others = {case_id: _alerts(connection, case_id) for case_id in members if case_id not in alerts}
    was, becomes = (
        _owed(
            connection,
            {case_id: others[case_id] if case_id in others else alerts[case_id][at] for case_id in members},
        )
        for at in (0, 1)
    )
    opened = {case_id: case for case_id in others if (case := _open(connection, case_id))}
    fixed, done = others.keys() - opened.keys(), dict(acts)
    for fund in _FUNDS:
        more = {case_id: becomes[case_id][fund] - was[case_id][fund] for case_id in members}
        kept = sum(max(-more[case_id], 0) for case_id in fixed)
        own = max(more[first] - kept, 0) if more[first] > 0 else more[first]
        free = -_enter(entering, acts[first], fund, own)
        for case_id in members:
            amount = min(more[case_id], max(free, 0))
            if case_id == first or case_id in fixed or not amount:
                continue
            if case_id not in done:
                done[case_id] = _note(entering, opened[case_id], first)
            free -= max(_enter(entering, done[case_id], fund, amount), 0)


def _enter(entering: Entering, changed: Changed, fund: Fund, amount: int) -> int:
    """Enter a claim, or take one back as far as there is one; what was entered."""
    there = sums(entries(entering.connection, changed.case_id)).get(("recovered", fund, "claimed"), 0)
    amount = max(amount, -there)
    if amount:
        enter_entry(entering, changed, Entry("recovered", fund, "claimed", amount))
    return amount


def _owed(connection: Connection, alerts: Mapping[str, Collection[str]]) -> dict[str, dict[Fund, int]]:
    """What each case claims, in fen by fund: of settlements that several cite, the first alone."""
    cited, before, owed = set[str](), dict[Fund, int](), dict[str, dict[Fund, int]]()
    for case_id, own in alerts.items():
        cited |= set(own)
        together = claimed(connection, cited)
        owed[case_id] = {fund: together.get(fund, 0) - before.get(fund, 0) for fund in _FUNDS}
        before = together
    return owed


def _alerts(connection: Connection, case_id: str) -> Collection[str]:
    return connection.scalars(select(CaseAlert.alert_id).where(CaseAlert.case_id == case_id)).all()


def _open(connection: Connection, case_id: str) -> Stored | None:
    """A case, if what it claims may still change."""
    case, rules = stored(connection, case_id, None), life_cycle("case").rules("take_over")
    return case if rules and rules.starts_from(case.standing.state) else None


def _note(entering: Entering, case: Stored, reason: str) -> Changed:
    """Note in a case that its claim changed with the alerts of another."""
    state = case.standing.state
    act = Act(_NOTE, dt.date.fromisoformat(entering.at[:_DAY]), reason=reason)
    noted = append(entering.connection, case, entering.actor, act, entering.at, state)
    entering.of_case(case.case_id, action=_NOTE, reason=reason).enter(
        before={"state": state}, after={"state": state, "event": noted.event_id}
    )
    return noted


def carry_ledger(entering: Entering, ended: Changed, goes_on: Changed, shared: dict[Fund, int]) -> None:
    """Take all money out of the ledger of a case and enter it in that of another.

    Args:
        entering: the transaction.
        ended: the case whose ledger ends at zero.
        goes_on: the case that goes on.
        shared: what the alerts of both claim and counts once in the case that goes on, in fen by fund.
    """
    for (kind, fund, stage), amount in sums(entries(entering.connection, ended.case_id)).items():
        if amount:
            enter_entry(entering, ended, Entry(kind, fund, stage, -amount))
        twice = shared.get(fund, 0) if (kind, stage) == ("recovered", "claimed") else 0
        if amount - twice:
            enter_entry(entering, goes_on, Entry(kind, fund, stage, amount - twice))
