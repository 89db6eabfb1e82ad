"""The figures of a report, from one consistent state of the store.

An alert belongs to a period when its evidence overlaps it, as in the list of alerts filtered by the same two days, so
that one alert may belong to several periods. Money is that of the settlements and records of the period by their own
day, each once within its kind: four quarters add up to their year. Kinds of money are never added.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from detection.alerts.draft import NO_MONEY, Money
from detection.detectors.cards import MONEY_KINDS, MoneyKind
from detection.language.districts import DistrictNames
from detection.report.comparison import (
    Comparison,
    comparisons,
    covered_days,
    first_day,
    in_days,
    last_day,
    totals_of,
)
from detection.report.indicators import IndicatorLine, indicator_lines
from detection.report.period import ReportPeriod
from detection.store.queries.alerts import Row, rows
from detection.store.queries.breakdown import Cell, Share, by_detector, by_district, cells
from detection.store.queries.casework.outcomes import Outcomes, outcomes
from detection.store.queries.data import Coverage, Intake, intake, matrix
from detection.store.queries.filters import SUSPICION
from detection.store.queries.home import InstitutionRow, worst_institutions
from detection.store.queries.period_figures import Owed, by_status, money_by_alert, owed, spend
from detection.store.queries.reader import Reader
from detection.store.queries.totals import Totals, totals
from detection.store.run_manifest import PolicyRecord
from detection.store.schema import Run
from features.errors import UsageError
from features.message import Message

INSTITUTIONS, ACCOUNTS = 10, 10
GROUPS = (SUSPICION, "agency", "data")
"""Lists of alerts that a report keeps apart: people and institutions, agency errors, data defects."""
_ACCOUNT_FAMILIES = "family_accounts,personal_account"


@dataclass(frozen=True)
class AlertLine:
    """An alert of the period, and its money in the period, which is of the kind that the alert's card states."""

    row: Row
    money: Money


@dataclass(frozen=True)
class Group:
    """The open alerts of one list of `GROUPS`: all of them, by detector, and by district ("" where there is none)."""

    name: str
    totals: Totals
    by_detector: tuple[Share, ...]
    by_district: tuple[Share, ...]


@dataclass(frozen=True)
class Content:
    """The content of a report.

    Attributes:
        period: what it is about.
        run: the run that readers see.
        policy: the policy that it used.
        covered_days: days of the period between the first and the last day of the data.
        groups: the lists of `GROUPS`, in that order.
        reported: everything about people and institutions, whatever became of it since.
        earlier: the periods to compare with.
        handled: alerts of the period by status, without those of `GROUPS` that are no suspicion.
        spend: what was paid in the period.
        cells: open alerts by detector and district, of all groups.
        institutions: the first to look at, of the period's alerts.
        accounts: alerts about families and accounts with most money; ``accounts_in_all`` counts all of them.
        owed: errors of agencies, what is owed to the fund and to the insured apart.
        alerts: every alert of the period, whatever its status, by rank.
        indicators: of all screens, in their order.
        intake: what was read, and what of it could be used.
        limited: detectors that could not assess everything, and why.
        detectors: how many there are.
        districts: what the fund calls them.
        outcomes: what became of the period's alerts in cases.
    """

    period: ReportPeriod
    run: Run
    policy: PolicyRecord
    covered_days: int
    groups: tuple[Group, ...]
    reported: Totals
    earlier: tuple[Comparison, ...]
    handled: dict[str, int]
    spend: Money
    cells: tuple[Cell, ...]
    institutions: tuple[InstitutionRow, ...]
    accounts: tuple[AlertLine, ...]
    accounts_in_all: int
    owed: tuple[Owed, ...]
    alerts: tuple[AlertLine, ...]
    indicators: tuple[IndicatorLine, ...]
    intake: Intake
    limited: tuple[Coverage, ...]
    detectors: int
    districts: DistrictNames
    outcomes: Outcomes

    def group(self, name: str) -> Group:
        """One of `groups`."""
        return next(group for group in self.groups if group.name == name)

    @property
    def owed_in_all(self) -> Owed:
        """The sum of all errors of agencies."""
        return Owed(
            "",
            sum(row.alerts for row in self.owed),
            _sum(row.to_fund for row in self.owed),
            _sum(row.to_insured for row in self.owed),
        )


def gather(reader: Reader, period: ReportPeriod) -> Content:
    """The content of a report on the run that readers see.

    Raises:
        StoreError: no run has finished yet.
        UsageError: the data have no day of the period.
    """
    run = reader.current_run()
    _refuse_without_days(period, run)
    filters = in_days(period)
    coverage = matrix(reader)
    accounts = _alerts(reader, period, "open", family=_ACCOUNT_FAMILIES, queue="insured")
    return Content(
        period=period,
        run=run,
        policy=reader.manifest.policy,
        covered_days=covered_days(period, run),
        groups=tuple(_group(reader, name, period) for name in GROUPS),
        reported=totals_of(reader, period),
        earlier=comparisons(reader, period, run),
        handled=by_status(reader, in_days(period, SUSPICION, "")),
        spend=spend(reader, filters.start[:7], filters.end[:7]),
        cells=tuple(cells(reader, filters)),
        institutions=worst_institutions(reader, INSTITUTIONS, start=filters.start, end=filters.end),
        accounts=tuple(sorted(accounts, key=_most_money_first)[:ACCOUNTS]),
        accounts_in_all=len(accounts),
        owed=owed(reader, in_days(period, "agency")),
        alerts=_alerts(reader, period, ""),
        indicators=indicator_lines(reader, period),
        intake=intake(reader.manifest),
        limited=tuple(row for row in coverage if row.status != "available"),
        detectors=len(coverage),
        districts=reader.districts,
        outcomes=outcomes(reader, in_days(period, "all", "")),
    )


def shared_by_rows(whole: Totals, shares: Iterable[Share]) -> Totals:
    """What several rows cite, by kind: their sum less the total, which counts each settlement and record once."""
    shares = tuple(shares)

    def again(kind: MoneyKind) -> Money:
        rows = _sum(share.totals.of(kind) for share in shares)
        return Money(rows.pool - whole.of(kind).pool, rows.account - whole.of(kind).account)

    return Totals(0, *map(again, MONEY_KINDS))


def _sum(parts: Iterable[Money]) -> Money:
    money = tuple(parts)
    return Money(sum(part.pool for part in money), sum(part.account for part in money))


def money_first(share: Share) -> tuple[int, int, int, str]:
    """Order of shares: most money at issue, then in question, then most alerts."""
    own = share.totals
    return -abs(own.at_issue.amount), -abs(own.in_question.amount), -own.alerts, share.key


def _most_money_first(line: AlertLine) -> tuple[int, int, int]:
    return MONEY_KINDS.index(line.row.money_kind), -line.money.amount, line.row.rank


def _alerts(reader: Reader, period: ReportPeriod, status: str, **narrowed: str) -> tuple[AlertLine, ...]:
    filters = replace(in_days(period, status=status), **narrowed)
    money = money_by_alert(reader, filters)
    return tuple(AlertLine(row, money.get(row.alert_id, NO_MONEY)) for row in rows(reader, filters))


def _refuse_without_days(period: ReportPeriod, run: Run) -> None:
    if covered_days(period, run) > 0:
        return
    last = last_day(run)
    raise UsageError(
        "The data have no day of {name}.",
        where=Message("they reach from {first} to {last}", first=first_day(run), last=last),
        next_step="ask for a period inside them, for example {year}-Q{quarter}",
        name=period.name,
        year=last.year,
        quarter=(last.month - 1) // 3 + 1,
    )


def _group(reader: Reader, name: str, period: ReportPeriod) -> Group:
    own = in_days(period, name)
    return Group(
        name,
        totals(reader, own),
        tuple(sorted(by_detector(reader, own), key=money_first)),
        tuple(by_district(reader, own)),
    )
