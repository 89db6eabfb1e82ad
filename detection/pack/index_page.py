"""The page of a pack that people open first, in Chinese and English: its sums, and what each resolves to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from detection.cases.money import RECOVERY_KINDS
from detection.detectors.catalogue import catalogue
from detection.language.messages import Messages, case_label, code_label, grade_group
from detection.leads.senders import sender_text
from detection.pack.layout import ALERTS, CASES, FACTS, LAW, ROWS, Members
from detection.pack.sums import Sum, ranges
from detection.pack.tables import csv_rows
from features.figures import plain_yuan

_LANGUAGES = ("zh", "en")
_MOST_ROWS = 200
"""Rows of an alert that the page shows; all of them are in the file of rows."""
_STYLE = (
    "body{font:14px/1.5 'Noto Sans SC','Microsoft YaHei',sans-serif;margin:2em auto;max-width:75em;padding:0 1em}"
    "table{border-collapse:collapse;margin:.5em 0}th,td{border:1px solid #999;padding:.2em .5em;text-align:left;"
    "vertical-align:top}td.n{text-align:right;white-space:nowrap}section{margin-bottom:3em}"
)
_OF_LEAD = ("sender", "sender_number", "kind", "received_on", "deadline")
_NUMBERS = ("yuan", "pool", "account", "row")


@dataclass(frozen=True)
class _Page:
    """What the page is made of, in one language."""

    words: Messages
    stated: Mapping[str, Any]
    alerts: Sequence[Mapping[str, Any]]
    rows: Mapping[str, Sequence[Mapping[str, str]]]
    law: Mapping[str, Sequence[Mapping[str, str]]]
    cases: Sequence[Mapping[str, Any]]
    sums: Sequence[Sum]

    @property
    def language(self) -> str:
        return self.words.language

    def code(self, group: str, code: str) -> str:
        return code_label(group, code, self.language)


def index_page(members: Members, sums: Sequence[Sum]) -> bytes:
    """The page, without scripts and without anything that a browser would fetch.

    Raises:
        ValueError: a file is not as this version writes it.
        KeyError: a file or a column is not there.
    """
    pages = [
        _Page(
            Messages(language, "papers"),
            json.loads(members[FACTS]),
            json.loads(members[ALERTS]),
            _by_alert(csv_rows(members[ROWS])),
            _by_alert(csv_rows(members[LAW])),
            json.loads(members.get(CASES, b"[]")),
            sums,
        )
        for language in _LANGUAGES
    ]
    body = "".join(_section(page) for page in pages)
    title = escape(" · ".join(page.words("pack.title") for page in pages))
    return (
        '<!DOCTYPE html>\n<html lang="zh"><head><meta charset="utf-8">'
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
        f"<title>{title}</title><style>{_STYLE}</style></head>\n<body>\n{body}</body></html>\n"
    ).encode()


def _section(page: _Page) -> str:
    words, stated = page.words, page.stated
    parts = [
        f"<h1>{escape(words('pack.title'))}</h1>",
        *(f"<p><strong>{escape(text)}</strong></p>" for text in _warnings(page)),
        _table(page, ("fact", "content"), _facts(page)),
        f"<h2>{escape(words('pack.sums'))}</h2><p>{escape(words('pack.sums.note'))}</p>",
        _table(page, ("number", "about", "sum", "yuan", "rule", "rows"), _sums(page)),
        f"<h2>{escape(words('pack.alerts'))}</h2>",
        *(_alert(page, alert) for alert in page.alerts),
        *(_case(page, case) for case in page.cases),
        f"<h2>{escape(words('pack.verify'))}</h2><p>{escape(words('pack.verify.note'))}</p>",
    ]
    shown = "\n".join(parts)
    return f'<section lang="{page.language}" id="{escape(stated["about"])}-{page.language}">\n{shown}\n</section>\n'


def _warnings(page: _Page) -> Iterator[str]:
    run = page.stated["run"]
    if run["simulated"]:
        yield page.words("pack.simulated")
    if run["policy_profile"]:
        yield page.words("pack.invented")
    yield page.words("pack.no_verdict")


def _facts(page: _Page) -> Iterator[tuple[str, str]]:
    stated, run, words = page.stated, page.stated["run"], page.words
    named = {
        "about": stated["about"],
        "subject": f"{page.code('subject_kind', stated['subject_kind'])} {stated['subject']}",
        "at": stated["entry"]["at"],
        "entry": f"{stated['entry']['number']} {stated['entry']['hash']}",
        "program": f"{stated['program']} ({run['code_version']})",
        "run": run["run_id"],
        "snapshot": run["snapshot_id"],
        "data": f"{run['first_day']} – {run['last_day']}",
        "policy": " ".join(filter(None, (run["area"], run["policy_digest"], run["policy_profile"]))),
    }
    yield from ((words(f"pack.fact.{name}"), value) for name, value in named.items())


def _sums(page: _Page) -> Iterator[tuple[str, ...]]:
    for number, each in enumerate(page.sums, 1):
        yield (
            str(number),
            each.about,
            f"{_kind(page, each)} · {_fund(page, each)} · {page.words(f'pack.method.{each.method}')}",
            plain_yuan(each.fen),
            "\n".join(_rule(page, rule) for rule in each.rules),
            f"{each.table}: {ranges(each.rows) or '–'}",
        )


def _kind(page: _Page, each: Sum) -> str:
    kind, _, stage = each.kind.partition("/")
    if kind not in RECOVERY_KINDS:
        return page.code("money_kind", kind)
    return f"{case_label('money', kind, page.language)} · {case_label('stage', stage, page.language)}"


def _fund(page: _Page, each: Sum) -> str:
    return case_label("fund", each.fund, page.language)


def _rule(page: _Page, rule: str) -> str:
    """A card by its label, name and version; an event of a case as it is."""
    detector, _, digest = rule.partition("@")
    if not digest:
        return page.words("pack.event", number=rule.removeprefix("event:"))
    return f"{_label(page, detector)} ({detector}), cards/{digest}.json"


def _label(page: _Page, detector: str) -> str:
    known = catalogue().get(detector)
    return known.card.words[page.language].label if known else detector


def _alert(page: _Page, alert: Mapping[str, Any]) -> str:
    language, words = page.language, page.words
    rows, law = page.rows.get(alert["alert"], ()), page.law.get(alert["alert"], ())
    named = {
        "number": alert["alert"],
        "rule": _rule(page, f"{alert['detector']}@{alert['card']}"),
        "severity": page.code(grade_group(alert["queue"]), alert["severity"]),
        "status": page.code("status", alert["status"]),
        "money_kind": page.code("money_kind", alert["money_kind"]),
        "seen": alert["seen"][language],
        "innocent": "\n".join(alert["innocent_explanations"][language]),
        "checks": "\n".join(check[language] for check in alert["checks"]),
        "law": "\n".join(each[f"text_{language}"] for each in law),
    }
    stated = [(words(f"pack.fact.{name}"), value) for name, value in named.items() if value]
    more = len(rows) - _MOST_ROWS
    return "".join(
        (
            f"<h3>{escape(alert['title'][language])}</h3>",
            _table(page, ("fact", "content"), stated),
            _table(page, ("row", "at", "id", "person", "institution", "cause", "pool", "account", "source"),
                   (_row(page, alert, row) for row in rows[:_MOST_ROWS])),
            f"<p>{escape(words('pack.more', rows=more))}</p>" if more > 0 else "",
        )
    )  # fmt: skip


def _row(page: _Page, alert: Mapping[str, Any], row: Mapping[str, str]) -> tuple[str, ...]:
    cause = alert["causes"].get(row["cause"])
    return (
        row["row"],
        row["at"],
        f"{page.code('table', row['table'])} {row['id']}",
        row["person"],
        row["institution_name"],
        cause[page.language] if cause else row["cause"],
        plain_yuan(int(row["pool_fen"])),
        plain_yuan(int(row["account_fen"])),
        f"{row['source_file']}: {row['source_row']}",
    )


def _case(page: _Page, case: Mapping[str, Any]) -> str:
    language = page.language
    events = [
        (
            str(event["event_id"]),
            event["at"],
            event["actor"],
            case_label("move", event["move"], language),
            case_label(f"{case['kind']}_state", event["state_after"], language),
            event["reason"],
        )
        for event in case["events"]
    ]
    parts = [
        f"<h2>{escape(page.words('pack.case', number=case['case']))}</h2>",
        _table(page, ("event", "at", "actor", "move", "state", "reason"), events),
    ]
    if leads := case["outside_leads"]:
        parts.append(f"<p>{escape(page.words('pack.outside_leads'))}</p>")
        parts.append(_table(page, ("lead", *_OF_LEAD), (_lead(page, lead) for lead in leads)))
    if related := case["related"]:
        rows = [
            (page.words(f"pack.{each['relation']}", number=each["case"]), str(each["event"]))
            for each in related
        ]
        parts.append(_table(page, ("related", "event"), rows))
    return "".join(parts)


def _lead(page: _Page, lead: Mapping[str, str]) -> tuple[str, ...]:
    stated = {name: lead[name] for name in _OF_LEAD}
    stated["kind"] = case_label("lead_kind", lead["kind"], page.language)
    stated["sender"] = sender_text(lead["sender"], page.language)
    return (lead["lead"], *stated.values())


def _table(page: _Page, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    head = "".join(f"<th>{escape(page.words(f'pack.column.{name}'))}</th>" for name in columns)
    kinds = [' class="n"' if name in _NUMBERS else "" for name in columns]
    lines = "\n".join(
        "<tr>"
        + "".join(f"<td{kind}>{_text(cell)}</td>" for kind, cell in zip(kinds, row, strict=True))
        + "</tr>"
        for row in rows
    )
    return f"<table><tr>{head}</tr>\n{lines}</table>\n"


def _text(cell: str) -> str:
    return escape(cell).replace("\n", "<br>")


def _by_alert(rows: Iterable[Mapping[str, str]]) -> dict[str, list[Mapping[str, str]]]:
    grouped: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["alert"], []).append(row)
    return grouped
