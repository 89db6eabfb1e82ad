"""What ``fundwatch alerts`` and ``explain`` print. Identities are masked, institutions named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from detection.alerts.draft import EXPLAINED
from detection.cli.summaries import console as wide_console
from detection.cli.summaries import yuan
from detection.detectors.catalogue import catalogue
from detection.language.law import law_text
from detection.language.messages import code_label, grade_group
from detection.language.policy import policy_title, value_lines
from detection.masking import mask, render
from detection.store.lifecycle import STATUSES
from detection.store.queries import Filters, Reader, open_store
from detection.store.queries.filters import SUSPICION, list_of, totals_apart
from detection.store.schema import Alert, Evidence, RecordEvidence
from features.errors import UsageError
from features.workspace import Workspace

_LABELS = {
    "en": {
        "simulated": "Simulated data",
        "illustrative": "Illustrative policy values: invented for the demonstration where nobody has read them",
        "shown": "{shown} of {total} alerts · pooled fund {pool} · accounts {account} (CN¥, each settlement once)",
        "agency": "Agency errors",
        "data": "Data defects",
        "explain": "What could explain it",
        "checked": "Checks already made",
        "next": "Suggested steps",
        "unusual": "Why it is on the list",
        "leaves": "Would leave the list if explained",
        "then": "{features}: rank {rank} then",
        "lowers grade": "lowered the grade",
        "law": "Legal basis",
        "priced": "How the first settlements are priced",
        "step": "step",
        "evidence": "Evidence ({n} settlements, the first {shown})",
        "records": "Evidence ({n} records, the first {shown})",
        "card": "Card {card} · values {values} · model {model}",
        "ranked": "rank {rank}",
        "comma": ", ",
        "not_verdict": "An alert is not a verdict: it needs review.",
    },
    "zh": {
        "simulated": "模拟数据",
        "illustrative": "示例政策参数：尚未核实处为演示而设",
        "shown": "{total} 条疑点中的 {shown} 条 · 统筹基金 {pool} · 个人账户 {account}（人民币元，每笔结算只计一次）",
        "agency": "经办差错",
        "data": "数据缺陷",
        "explain": "可能的合理解释",
        "checked": "已做的核对",
        "next": "建议步骤",
        "unusual": "列入清单的原因",
        "leaves": "如可解释则退出名单",
        "then": "{features}：届时排名第 {rank}",
        "lowers grade": "已据此降级",
        "law": "法律依据",
        "priced": "前几笔结算的应付金额计算",
        "step": "步骤",
        "evidence": "证据（{n} 笔结算，显示前 {shown} 笔）",
        "records": "证据（{n} 条记录，显示前 {shown} 条）",
        "card": "规则卡 {card} · 取值 {values} · 模型 {model}",
        "ranked": "排名第 {rank}",
        "comma": "，",
        "not_verdict": "疑点不是结论，需要核查。",
    },
}
_COLUMNS = ("rank", "alert", "severity", "title", "subject", "amount", "status")
_COLUMN_WORDS = {
    "en": ("rank", "alert", "severity", "title", "subject", "CN¥", "status"),
    "zh": ("排名", "疑点编号", "等级", "疑点类型", "对象", "金额（元）", "状态"),
}
_PARTS = {SUSPICION: ("findings", "patterns")}
_EVIDENCE_SHOWN = 10
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def print_alerts(
    space: Workspace, *, limit: int, detector: str | None, status: str | None, language: str
) -> None:
    """The alerts to look at first, one line each, with the totals of the whole list.

    Raises:
        UsageError: there is no such detector or status.
    """
    _refuse_unknown("detector", detector, sorted(catalogue()))
    _refuse_unknown("status", status, STATUSES)
    console, words = wide_console(), _LABELS[language]
    with open_store(space) as store:
        for mark in store.marks:
            console.print(words[mark], style="reverse")
        asked = Filters(detector=detector or "", status=status or "open")
        rows, parts = store.page(asked, size=limit), totals_apart(store, asked)
        table = Table()
        for name, heading in zip(_COLUMNS, _COLUMN_WORDS[language], strict=True):
            right = name in {"rank", "amount"}
            table.add_column(heading, justify="right" if right else "left", no_wrap=name != "title")
        for one in rows:
            table.add_row(
                str(one.rank),
                one.alert_id,
                code_label(grade_group(one.queue), one.severity, language),
                _text(_title(one, language)),
                _text(_subject(one, store, space)),
                yuan(one.amount_at_issue),
                code_label("status", one.status, language),
            )
        console.print(table)
        for name, whole in parts.items():
            said = words["shown"].format(
                shown=sum(list_of(one.queue, one.certainty) in _PARTS.get(name, (name,)) for one in rows),
                total=whole.alerts,
                pool=yuan(whole.pool),
                account=yuan(whole.account),
            )
            console.print(said if name == SUSPICION else f"{words[name]}: {said}")


def print_explanation(space: Workspace, alert_id: str, *, language: str) -> None:
    """One alert as an auditor reads it: seen, unusual, what speaks against it, what next, on which rows."""
    console, words = wide_console(), _LABELS[language]
    with open_store(space) as store:
        one = store.alert(alert_id)
        for mark in store.marks:
            console.print(words[mark], style="reverse")
        names = store.names
        console.print(f"[bold]{_text(_title(one, language))}[/bold]  {_standing(one, language)}")
        sentence = one.seen_zh if language == "zh" else one.seen_en
        console.print(_text(render(sentence, space.pseudonym_key(), names=names)))
        for heading, lines in _parts(one, language):
            if lines:
                console.print(f"\n[bold]{words[heading]}[/bold]")
                for line in lines:
                    console.print(f"  - {_text(render(line, space.pseudonym_key(), names=names))}")
        _print_steps(one, store, language)
        heading, rows = _evidence(one, store, space, language)
        console.print(f"\n[bold]{words[heading].format(n=one.evidence_rows, shown=len(rows))}[/bold]")
        for row in rows:
            console.print(f"  {row}", soft_wrap=True)
        console.print(
            "\n"
            + words["card"].format(
                card=one.card_digest, values=_values(one, language), model=one.model_version or "–"
            ),
            markup=False,
        )
        console.print(words["not_verdict"])


def _print_steps(one: Alert, store: Reader, language: str) -> None:
    """How the first settlements were priced, where the detector tells it."""
    told = one.figures.get(EXPLAINED, ())
    if not told:
        return
    console = wide_console()
    console.print(f"\n[bold]{_LABELS[language]['priced']}[/bold]")
    for settled in told:
        table = Table(title=_text(store.masked("settlement", settled["settlement_id"])), title_justify="left")
        table.add_column(_LABELS[language]["step"])
        table.add_column("CN¥", justify="right")
        for step in settled["steps"]:
            table.add_row(_text(str(step[language])), yuan(step["fen"]))
        console.print(table)


def _standing(one: Alert, language: str) -> str:
    """Severity, rank and status."""
    words = _LABELS[language]
    return words["comma"].join(
        (
            code_label(grade_group(one.queue), one.severity, language),
            words["ranked"].format(rank=one.rank),
            code_label("status", one.status, language),
        )
    )


def _evidence(one: Alert, store: Reader, space: Workspace, language: str) -> tuple[str, list[str]]:
    """The first rows that an alert rests on, a line each, and what they are: settlements or records."""
    key = space.pseudonym_key()
    settled = [
        f"{row.settled_at}  {mask(key, row.settlement_id, 'settlement')}  {_row(row, one, language)}"
        for row in store.evidence(one.alert_id, size=_EVIDENCE_SHOWN)
    ]
    if settled:
        return "evidence", settled
    return "records", [
        f"{row.record_day}  {code_label('table', row.record_table, language)}:"
        f"{mask(key, row.record_id, 'record')}  {_row(row, one, language)}"
        for row in store.records(one.alert_id, size=_EVIDENCE_SHOWN)
    ]


def _row(row: Evidence | RecordEvidence, one: Alert, language: str) -> str:
    """Money, place in the source and cause of a piece of evidence."""
    money = f"{yuan(row.pool)} + {yuan(row.account)}"
    return f"{money:>20}  {_text(f'{row.source_file}:{row.source_row}')}  {_text(_cause(row.cause, one, language))}"


def _cause(name: str, one: Alert, language: str) -> str:
    """The card's words for a cause; its name where the card has none."""
    cause = catalogue()[one.detector].card.causes.get(name)
    return name if cause is None else cause.zh if language == "zh" else cause.en


def _refuse_unknown(what: str, asked: str | None, known: Sequence[str]) -> None:
    """An empty list would look as if nothing had been found."""
    if asked and asked not in known:
        raise UsageError(f"There is no {what} {asked!r}.", next_step="use one of: " + ", ".join(known))


def _text(said: str) -> str:
    """Text of the source as text: no markup, and no control character that the terminal would obey."""
    return escape(_CONTROL.sub("\N{REPLACEMENT CHARACTER}", said))


def _parts(one: Alert, language: str) -> Iterator[tuple[str, list[str]]]:
    card = catalogue()[one.detector].card
    said = card.words[language]
    yield "unusual", [str(reason[language]) for reason in one.reasons]
    yield "leaves", _leaves(one, language)
    yield "explain", list(said.innocent_explanations)
    yield "checked", [_checked(check, language) for check in one.counter_evidence]
    yield "next", list(said.follow_up)
    yield "law", [law_text(str(basis), language) for basis in one.legal_basis]


def _leaves(one: Alert, language: str) -> list[str]:
    """What, once explained, takes an entity off a model's list; nothing for a rule."""
    features = one.leaves_list_if.get("features")
    if not features:
        return []
    then = _LABELS[language]["then"]
    return [then.format(features=", ".join(features), rank=one.leaves_list_if.get("rank_then", "–"))]


def _checked(check: Mapping[str, Any], language: str) -> str:
    effect = _LABELS[language].get(str(check.get("effect")), "")
    return f"{check[language]} ({effect})" if effect else str(check[language])


def _values(one: Alert, language: str) -> str:
    """Values in force, as ``what it is = value (status)``, the latest of each."""
    lines = catalogue()[one.detector].card.thresholds
    latest = {name: drawn[-1] for name, drawn in one.values_used.items() if drawn}
    said = (
        _value(
            policy_title(name, language) if value["kind"] == "policy" else lines.title(name, language),
            value,
            language,
        )
        for name, value in latest.items()
    )
    return _LABELS[language]["comma"].join(said) or "–"


def _value(name: str, value: Mapping[str, Any], language: str) -> str:
    status = code_label("value_status", str(value["status"]), language)
    return f"{name} = {'; '.join(value_lines(value['value'], language))} ({status})"


def _title(one: Alert, language: str) -> str:
    return one.title_zh if language == "zh" else one.title_en


def _subject(one: Alert, store: Reader, space: Workspace) -> str:
    if one.subject_kind == "provider":
        return store.names.get(one.subject_id, one.subject_id)
    return mask(space.pseudonym_key(), one.subject_id, one.subject_kind)
