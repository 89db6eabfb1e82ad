"""What ``fundwatch alerts`` and ``explain`` print, from the same views as the screens."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Console
from rich.table import Table

from detection.alerts.explanation import Check
from detection.cli.language.plain import plain_text
from detection.cli.summaries import console as wide_console
from detection.language.formats import formats
from detection.language.law import law_text
from detection.language.messages import Messages, code_label, grade_group
from detection.language.policy import policy_title, value_lines
from detection.language.reason_of_place import of_alert
from detection.proof.columns import columns_of
from detection.proof.wording import value_text
from detection.store.queries import Filters, Totals, open_store
from detection.store.queries.alert import AlertPage, alert_page
from detection.store.queries.alerts import Row, rows, totals_apart
from detection.store.queries.evidence import EvidenceRow, RecordRow, evidence, records
from detection.store.queries.filters import SUSPICION
from features.workspace import Workspace

_COLUMNS = ("rank", "alert", "severity", "title", "subject", "amount", "money_kind", "status")
_PARTS = {SUSPICION: ("findings", "patterns")}
_EVIDENCE_SHOWN = 10


def print_alerts(space: Workspace, filters: Filters, *, limit: int, language: str) -> None:
    """The alerts to look at first, one line each, with the totals of the whole list."""
    console, words, figures = wide_console(), Messages(language, "terminal"), formats(language)
    with open_store(space) as store:
        marks, listed, parts = store.marks, rows(store, filters, size=limit), totals_apart(store, filters)
    for mark in marks:
        console.print(words(f"mark.{mark}"), style="reverse")
    table = Table()
    for name in _COLUMNS:
        right = name in {"rank", "amount"}
        table.add_column(
            words(f"column.{name}"), justify="right" if right else "left", no_wrap=name != "title"
        )
    for row in listed:
        table.add_row(
            figures.count(row.rank),
            row.alert_id,
            code_label(grade_group(row.queue), row.severity, language),
            plain_text(row.title[language]),
            plain_text(row.subject),
            figures.yuan(row.pool + row.account),
            code_label("money_kind_short", row.money_kind, language),
            code_label("status", row.status, language),
        )
    console.print(table)
    for name, whole in parts.items():
        shown = sum(row.list in _PARTS.get(name, (name,)) for row in listed)
        total = words("list.total", shown=figures.count(shown), total=figures.count(whole.alerts))
        console.print(total if name == SUSPICION else f"{words(f'list.{name}')}: {total}")
        for line in _money(whole, words):
            console.print(f"  {line}")
    if filters.start or filters.end:
        console.print(words("list.period"))


def _money(whole: Totals, words: Messages) -> Iterator[str]:
    """A line for each kind of money that there is: kinds are never added."""
    figures = formats(words.language)
    for kind in whole.kinds:
        money = whole.of(kind)
        yield words(
            "list.money",
            kind=code_label("money_kind", kind, words.language),
            pool=figures.yuan(money.pool),
            account=figures.yuan(money.account),
        )


def print_explanation(space: Workspace, alert_id: str, *, language: str) -> None:
    """One alert as an auditor reads it: seen, unusual, what speaks against it, what next, on which rows."""
    console, words = wide_console(), Messages(language, "terminal")
    with open_store(space) as store:
        page = alert_page(store, alert_id)
        marks = store.marks
        rows: Sequence[EvidenceRow | RecordRow] = evidence(store, alert_id, page=1, size=_EVIDENCE_SHOWN)
        heading = "evidence" if rows else "records"
        rows = rows or records(store, alert_id, page=1, size=_EVIDENCE_SHOWN)
    for mark in marks:
        console.print(words(f"mark.{mark}"), style="reverse")
    console.print(f"[bold]{plain_text(page.row.title[language])}[/bold]  {_standing(page.row, words)}")
    console.print(plain_text(page.seen[language]))
    for part, entries in _parts(page, words):
        if entries:
            console.print(f"\n[bold]{words(f'explain.{part}')}[/bold]")
            for entry in entries:
                console.print(f"  - {plain_text(entry)}")
    _print_prices(page, words, console)
    count = formats(language).count
    title = words(f"explain.{heading}", n=count(page.row.evidence_rows), shown=count(len(rows)))
    console.print(f"\n[bold]{title}[/bold]")
    for row in rows:
        for line in _evidence_lines(row, page, language):
            console.print(f"  {line}", soft_wrap=True)
    card = words(
        "explain.card",
        card=page.card_digest,
        values=_values(page, words),
        model=page.model_version or "–",
    )
    console.print(f"\n{card}", markup=False)
    console.print(words("explain.needs_review"))


def _print_prices(page: AlertPage, words: Messages, console: Console) -> None:
    """How the first settlements were priced, where the detector explains prices."""
    if not page.priced:
        return
    console.print(f"\n[bold]{words('explain.priced')}[/bold]")
    for price in page.priced:
        table = Table(title=plain_text(price.settlement_id), title_justify="left")
        table.add_column(words("column.step"))
        table.add_column("CN¥", justify="right")
        for step in price.steps:
            table.add_row(plain_text(step.text[words.language]), formats(words.language).yuan(step.fen))
        console.print(table)


def _standing(row: Row, words: Messages) -> str:
    """Severity, rank with its reason, and status."""
    why = of_alert(row.kinds, row.expected_fen, row.money_kind, row.queue, words.language)
    return words("comma").join(
        (
            code_label(grade_group(row.queue), row.severity, words.language),
            words("explain.place", rank=formats(words.language).count(row.rank), why=why),
            code_label("status", row.status, words.language),
        )
    )


def _evidence_lines(row: EvidenceRow | RecordRow, page: AlertPage, language: str) -> Iterator[str]:
    """Time, number, money, source and cause of a settlement or record; who and where, and what carries the claim."""
    figures = formats(language)
    if isinstance(row, EvidenceRow):
        at, settled = row.settled_at, row.settlement
        time = figures.time(at.at) if at.to_the_minute else figures.day(at.day)
        start, about = f"{time}  {settled}", [row.person, row.provider]
    else:
        start = f"{figures.day(row.day)}  {code_label('table', row.table, language)}:{row.record}"
        about = [row.person]
    money = f"{figures.yuan(row.pool)} + {figures.yuan(row.account)}"
    source, cause = f"{row.source_file}:{row.source_row}", page.card.cause_text(row.cause, language)
    yield f"{start}  {money:>20}  {plain_text(source)}  {plain_text(cause)}"
    known = [
        f"{column.title[language]} {value_text(column, row.proof[column.name], language)}"
        for column in columns_of(page.card)
        if column.name in row.proof and not column.hidden
    ]
    yield "    " + plain_text(Messages(language, "terminal")("comma").join([*filter(None, about), *known]))


def _parts(page: AlertPage, words: Messages) -> Iterator[tuple[str, list[str]]]:
    language, card = words.language, page.card.words[words.language]
    yield "reasons", [reason.text[language] for reason in page.reasons]
    yield "counterfactual", _counterfactual(page, words)
    yield "innocent", list(card.innocent_explanations)
    yield "checks", [_check(check, words) for check in page.checks]
    yield "follow_up", list(card.follow_up)
    yield "law", [law_text(citation, language) for citation in page.citations]


def _counterfactual(page: AlertPage, words: Messages) -> list[str]:
    """What, once explained, takes a subject off a model's list; nothing for a rule."""
    if page.counterfactual is None or not page.counterfactual.features:
        return []
    names = ", ".join(page.counterfactual.features)
    return [words("explain.rank_then", features=names, rank=page.counterfactual.rank_then)]


def _check(check: Check, words: Messages) -> str:
    text = check.text[words.language]
    return f"{text} ({words('explain.lowers_grade')})" if check.effect == "lowers grade" else text


def _values(page: AlertPage, words: Messages) -> str:
    """Values in force, as ``what it is = value (status)``, the latest of each."""
    language = words.language
    latest = {value.name: value for value in page.values}
    described = []
    for name, value in latest.items():
        title = (
            policy_title(name, language)
            if value.kind == "policy"
            else page.card.thresholds.title(name, language)
        )
        status = code_label("value_status", value.status, language)
        described.append(f"{title} = {'; '.join(value_lines(value.value, language))} ({status})")
    return words("comma").join(described) or "–"
