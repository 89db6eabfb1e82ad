"""The table that ``fundwatch policy show`` prints."""

from __future__ import annotations

import datetime as dt

from rich.table import Table

from detection.cli.summaries import console
from detection.language.files import source_text
from detection.language.formats import formats
from detection.language.messages import Messages, messages
from detection.language.policy import value_lines
from features.policy import Policy, PolicyValue

_CATALOGUE = "terminal"
_COLUMNS = ("parameter", "meaning", "value", "since", "status", "from", "source")
_UNWRAPPED = {"parameter", "since", "status"}


def print_policy(policy: Policy, day: dt.date, language: str) -> None:
    """Every parameter with what is in force; before its first date, the date from which it is known."""
    words, figures, screen = Messages(language, _CATALOGUE), formats(language), console()
    if policy.area == "none" and not policy.parameters:
        screen.print(words("policy.none"))
        return
    title = words("policy.title", area=policy.label.get(language, policy.area), day=figures.day(day))
    table = Table(title=title, title_justify="left", show_lines=True)
    for column in _COLUMNS:
        table.add_column(words(f"policy.column.{column}"), overflow="fold", no_wrap=column in _UNWRAPPED)
    for name in policy.names():
        dated = policy.parameters[name]
        meaning = policy.words.get(name, {}).get(language, "")
        in_force = [dated_value for dated_value in dated if dated_value.start <= day]
        if not in_force:
            before = words("policy.before", first=figures.day(dated[0].start))
            table.add_row(name, meaning, before, "–", "–", _layer(policy, name, language), "–")
            continue
        dated_value = in_force[-1]
        table.add_row(
            name,
            meaning,
            "\n".join(_lines(dated_value, language)),
            figures.day(dated_value.start),
            words(f"policy.status.{dated_value.status}"),
            _layer(policy, name, language),
            source_text(dated_value.source, language),
        )
    screen.print(table)
    if policy.profile:
        screen.print(words("policy.invented"))


def _layer(policy: Policy, name: str, language: str) -> str:
    layer = policy.layers.get(name, "area")
    return messages(language, _CATALOGUE).get(f"policy.layer.{layer}", layer)


def _lines(dated_value: PolicyValue, language: str) -> list[str]:
    if dated_value.status == "unknown":
        return [messages(language, _CATALOGUE)["policy.status.unknown"]]
    return value_lines(dated_value.rows or dated_value.value, language)
