"""What ``fundwatch packets`` and ``fundwatch case`` print, from the same views as the screens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from detection.cases.clocks import Deadline
from detection.cases.life_cycle import life_cycle
from detection.cases.money import FUNDS, RECOVERY_KINDS, STAGES, Sums
from detection.cli.language.plain import plain_text
from detection.cli.summaries import console as wide_console
from detection.language.formats import formats
from detection.language.messages import Messages, case_label, code_label, grade_group
from detection.store.queries import open_store
from detection.store.queries.casework.cases import Case, CaseFilters, CasePage, case_page, cases
from detection.store.queries.casework.packets import Packet, PacketFilters, count_packets, packets
from detection.store.queries.casework.tools.links import linked_cases
from features.workspace import Workspace

_PACKETS = ("packet", "queue", "kind", "subject", "alerts", "severity", "amount", "money_kind", "holder")
_CASES = ("case", "state", "subject", "inspectors", "due", "days_left")
_RIGHT = ("alerts", "amount", "days_left", *STAGES, "outstanding")


def print_packets(space: Workspace, filters: PacketFilters, *, limit: int, language: str) -> None:
    """Packets with the first alert of all first, a line for each kind of money."""
    console, words, count = wide_console(), Messages(language, "terminal"), formats(language).count
    with open_store(space) as store:
        listed, total = packets(store, filters, size=limit), count_packets(store, filters)
    table = table_of(_PACKETS, words)
    for packet in listed:
        for row in _packet_rows(packet, language):
            table.add_row(*map(plain_text, row))
    console.print(table)
    console.print(words("packets.total", shown=count(len(listed)), total=count(total)))


def _packet_rows(packet: Packet, language: str) -> list[tuple[str, ...]]:
    figures, money = formats(language), packet.money
    amounts = [
        (figures.yuan(money.of(kind).amount), code_label("money_kind_short", kind, language))
        for kind in money.kinds
    ] or [("", "")]
    first, rest = amounts[0], amounts[1:]
    head = (
        packet.packet_id,
        case_label("packet_queue", packet.queue, language),
        case_label("packet_kind", packet.kind, language),
        packet.subject,
        figures.count(packet.alerts),
        code_label(grade_group(packet.queue), packet.severity, language),
    )
    return [
        (*head, *first, packet.holder or packet.case_id),
        *(("",) * len(head) + (amount, kind, "") for amount, kind in rest),
    ]


def print_cases(space: Workspace, filters: CaseFilters, today: dt.date, *, language: str) -> None:
    """Leads and cases, what is due first at the top."""
    console, words = wide_console(), Messages(language, "terminal")
    with open_store(space) as store:
        listed = cases(store, filters, today)
    table = table_of(_CASES, words)
    for case in listed:
        table.add_row(*map(plain_text, _case_row(case, words)))
    console.print(table)


def print_case(space: Workspace, case_id: str, today: dt.date, *, language: str) -> None:
    """One lead or case: standing, clocks, moves that lead on, history, money."""
    console, words = wide_console(), Messages(language, "terminal")
    with open_store(space) as store:
        page, linked = case_page(store, case_id, today), linked_cases(store, case_id)
    case = page.case
    state = case_label(f"{case.kind}_state", case.state, language)
    console.print(f"[bold]{plain_text(case.case_id)}[/bold]  {state}  {plain_text(case.subject)}")
    for deadline in page.clocks:
        console.print(f"  {_deadline(deadline, words)}")
    if case.limitation is not None:
        limit = case.limitation
        days = {"years": limit.years, "first": limit.first.isoformat(), "last": limit.last.isoformat()}
        console.print(f"  {words('case.limitation', **days)}")
    for each in linked:
        console.print(f"  {words(f'link.{each.relation}', case=each.case_id)}")
    _print_parts(page, words, console)
    if page.money:
        console.print(_money_table(page.money, words))


def _print_parts(page: CasePage, words: Messages, console: Console) -> None:
    language = words.language
    moves = [
        f"{name}  {case_label('move', name, language)}"
        for name in life_cycle(page.case.kind).moves_from(page.case.state)
    ]
    history = [
        "  ".join(
            part
            for part in (
                event.at,
                event.actor,
                case_label("role", event.role, language),
                case_label("move", event.move, language),
                event.reason,
                event.document,
                ", ".join(event.people),
            )
            if part
        )
        for event in page.events
    ]
    for part, entries in (("moves", moves), ("history", history)):
        console.print(f"\n[bold]{words(f'case.{part}')}[/bold]")
        for entry in entries:
            console.print(f"  {plain_text(entry)}")


def _case_row(case: Case, words: Messages) -> tuple[str, ...]:
    due = case.due
    return (
        case.case_id,
        case_label(f"{case.kind}_state", case.state, words.language),
        case.subject,
        ", ".join(case.inspectors),
        due.day.isoformat() if due else "",
        formats(words.language).count(due.left) if due else "",
    )


def _deadline(deadline: Deadline, words: Messages) -> str:
    text = words(
        "case.due",
        clock=case_label("clock", deadline.clock, words.language),
        day=deadline.day.isoformat(),
        left=formats(words.language).count(deadline.left),
    )
    paused = words("case.paused") if deadline.paused else ""
    years = ", ".join(map(str, deadline.unknown_years))
    unknown = words("case.unknown_year", years=years) if years else ""
    return " ".join(part for part in (text, paused, unknown) if part)


def _money_table(money: Sums, words: Messages) -> Table:
    yuan, language = formats(words.language).yuan, words.language
    table = Table()
    for name in ("", "", *STAGES):
        table.add_column(
            case_label("stage", name, language) if name else "", justify="right" if name else "left"
        )
    for kind in RECOVERY_KINDS:
        for fund in FUNDS:
            amounts = [money.get((kind, fund, stage), 0) for stage in STAGES]
            if any(amounts):
                names = case_label("money", kind, language), case_label("fund", fund, language)
                table.add_row(*names, *map(yuan, amounts))
    return table


def table_of(columns: Sequence[str], words: Messages) -> Table:
    """A table with headings; figures are on the right."""
    table = Table()
    for name in columns:
        table.add_column(words(f"column.{name}"), justify="right" if name in _RIGHT else "left")
    return table
