"""An issued report as it is kept: its words, its figures, the alerts behind them, and what they were made from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from detection.report.content import Content
from detection.report.options import Details
from detection.report.printed import Printed
from detection.report.sections.money_columns import FUNDS, KINDS
from detection.report.words import Words
from detection.store.lifecycle import OPEN
from detection.store.queries.totals import Totals


@dataclass(frozen=True)
class Figure:
    """One figure of a report.

    Attributes:
        label: what it is, in the report's language.
        value: a count, or fen.
        money: whether it is fen.
        list: the list of alerts behind it (``suspicion``, ``agency`` or ``data``); empty where no alert is.
        detector: whose alerts alone; empty for all.
        money_kind: whose alerts alone; empty for all.
        handling: whether it counts alerts of one status.
    """

    label: str
    value: int
    money: bool
    list: str
    detector: str = ""
    money_kind: str = ""
    handling: bool = False


@dataclass(frozen=True)
class AlertState:
    """An alert of the period as it was when the report was issued; money in the period, in fen."""

    list: str
    detector: str
    money_kind: str
    open: bool
    pool: int
    account: int
    last: str
    status: str = ""


@dataclass(frozen=True)
class Origin:
    """What a report was made from: the data, their last day, and the versions of rules, policy and program."""

    run: str
    snapshot: str
    last_day: str
    versions: tuple[str, ...]


@dataclass(frozen=True)
class IssuedReport:
    """An issued report.

    Attributes:
        number: its number in the workspace: the period, and which issue of it: ``2024-Q2-1``.
        replaces: number of the issue before; empty for the first.
        at: ISO time; ``actor``: who issued it.
        details: of its title block.
        printed: its words.
        figures: by key.
        alerts: by id.
        origin: what it was made from.
    """

    number: str
    replaces: str
    at: str
    actor: str
    details: Details
    printed: Printed
    figures: dict[str, Figure]
    alerts: dict[str, AlertState]
    origin: Origin


def figures_of(content: Content, words: Words) -> dict[str, Figure]:
    """The figures of a report by key.

    Alerts and money by list, by kind and by type, and of all that was found; what agencies owe; handled alerts by
    status; what was paid; and numerators and denominators of the indicators, as far as they are shown.
    """
    figures: dict[str, Figure] = {}
    for group in content.groups:
        listed = words(f"report.list.{group.name}")
        shares = [("", group.totals), *((share.key, share.totals) for share in group.by_detector)]
        for detector, totals in shares:
            key = f"{group.name}/{detector}"
            name = words.joined([listed, words.detector(detector)]) if detector else listed
            figures |= dict(_alerts_and_money(key, name, totals, group.name, detector, words))
    reported = words.joined([words("report.list.suspicion"), words("report.found")])
    figures |= dict(_alerts_and_money("found", reported, content.reported, "suspicion", "", words))
    whole = content.owed_in_all
    for side, money in (("fund", whole.to_fund), ("insured", whole.to_insured)):
        for fund in FUNDS:
            label = words(
                "report.column.owed", side=words(f"report.owed.{side}"), fund=words(f"report.fund.{fund}")
            )
            figures[f"owed/{side}/{fund}"] = Figure(label, getattr(money, fund), money=True, list="agency")
    return (
        figures
        | dict(_handled(content, words))
        | dict(_paid(content, words))
        | dict(_indicators(content, words))
    )


def _alerts_and_money(
    key: str, name: str, totals: Totals, listed: str, detector: str, words: Words
) -> Iterator[tuple[str, Figure]]:
    """The number of alerts, and their money by kind and fund."""
    label = words.joined([name, words("report.column.alerts")])
    yield f"{key}/alerts", Figure(label, totals.alerts, money=False, list=listed, detector=detector)
    for kind in KINDS:
        for fund in FUNDS:
            label = words(
                "report.column.money",
                kind=words.code("money_kind_short", kind),
                fund=words(f"report.fund.{fund}"),
            )
            yield (
                f"{key}/{kind}/{fund}",
                Figure(
                    words.joined([name, label]),
                    getattr(totals.of(kind), fund),
                    money=True,
                    list=listed,
                    detector=detector,
                    money_kind=kind,
                ),
            )


def _handled(content: Content, words: Words) -> Iterator[tuple[str, Figure]]:
    for status, many in content.handled.items():
        names = (words("report.list.suspicion"), words.code("status", status), words("report.column.alerts"))
        label = words.joined(names)
        yield f"handled/{status}", Figure(label, many, money=False, list="suspicion", handling=True)


def _paid(content: Content, words: Words) -> Iterator[tuple[str, Figure]]:
    for fund in FUNDS:
        label = words("report.figure.spend", fund=words(f"report.fund_in_full.{fund}"))
        yield f"spend/{fund}", Figure(label, getattr(content.spend, fund), money=True, list="")


def _indicators(content: Content, words: Words) -> Iterator[tuple[str, Figure]]:
    for line in content.indicators:
        card, value = line.card, line.now.value
        if value is None:
            continue
        title = card.words[words.language].title
        title = words("report.twelve_months", title=title) if line.twelve_months else title
        off = value.other or (None, None)
        for suffix, pair in (("", (value.numerator, value.denominator)), ("_off", off)):
            for name, amount, of in zip(("numerator", "denominator"), pair, card.of, strict=True):
                if amount is None:
                    continue
                label = words.joined([title, words(f"report.column.{name}{suffix}")])
                yield (
                    f"indicator/{card.name}/{name}{suffix}",
                    Figure(label, amount, money=of == "fen", list=""),
                )


def alerts_of(content: Content) -> dict[str, AlertState]:
    """The alerts of the period by id."""
    return {
        line.row.alert_id: AlertState(
            line.row.list if line.row.list in ("agency", "data") else "suspicion",
            line.row.detector,
            line.row.money_kind,
            line.row.status in OPEN,
            line.money.pool,
            line.money.account,
            line.row.last,
            line.row.status,
        )
        for line in content.alerts
    }


def origin_of(content: Content) -> Origin:
    """What a report is made from."""
    run = content.run
    return Origin(
        run.run_id,
        run.snapshot_id,
        run.last_day or run.as_of,
        (run.code_version, run.config_digest, content.policy.digest),
    )
