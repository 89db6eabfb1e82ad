"""What ``fundwatch plan`` prints."""

from __future__ import annotations

from rich.table import Table

from detection.cli.language.plain import plain_text
from detection.cli.summaries import console as wide_console
from detection.detectors.catalogue import catalogue
from detection.language.formats import formats
from detection.language.messages import Messages
from detection.store.queries import open_store
from detection.store.queries.inspection import Stop, inspection_plan
from features.workspace import Workspace

_COLUMNS = (
    *("rank", "institution", "alerts", "rows"),
    *("at_issue_pool", "at_issue_account", "in_question_pool", "in_question_account"),
    *("expected", "days", "days_so_far"),
)
_TEXTS = ("institution", "alerts")


def print_plan(space: Workspace, days: int, *, language: str) -> None:
    """The institutions within the days, and what is left out."""
    console, words, figures = wide_console(), Messages(language, "terminal"), formats(language)
    with open_store(space) as store:
        marks, planned = store.marks, inspection_plan(store, days)
    for mark in marks:
        console.print(words(f"mark.{mark}"), style="reverse")
    table = Table()
    for name in _COLUMNS:
        table.add_column(words(f"column.{name}"), justify="left" if name in _TEXTS else "right")
    for rank, stop in enumerate(planned.stops, 1):
        table.add_row(
            figures.count(rank),
            plain_text(f"{stop.name} {stop.provider}"),
            plain_text(_alerts(stop, words)),
            figures.count(stop.rows),
            *(
                figures.yuan(fen)
                for money in (stop.totals.at_issue, stop.totals.in_question)
                for fen in (money.pool, money.account)
            ),
            figures.yuan(stop.expected_fen),
            figures.count(stop.days),
            figures.count(stop.days_so_far or 0),
        )
    console.print(table)
    used = sum(stop.days for stop in planned.stops)
    left_out = planned.left_out
    console.print(
        words(
            "plan.total",
            used=figures.count(used),
            days=figures.count(days),
            institutions=figures.count(len(planned.stops)),
            expected=figures.yuan(sum(stop.expected_fen for stop in planned.stops)),
        )
    )
    console.print(
        words(
            "plan.left_out",
            institutions=figures.count(len(left_out)),
            days=figures.count(sum(stop.days for stop in left_out)),
            expected=figures.yuan(sum(stop.expected_fen for stop in left_out)),
        )
    )


def _alerts(stop: Stop, words: Messages) -> str:
    """Detectors by their labels, with how many alerts each has."""
    cards = {name: detector.card for name, detector in catalogue().items()}
    labels = [
        f"{cards[name].words[words.language].label if name in cards else name} {formats(words.language).count(many)}"
        for name, many in stop.detectors
    ]
    return words("comma").join(labels)
