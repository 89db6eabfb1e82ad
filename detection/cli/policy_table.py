"""The table that ``fundwatch policy show`` prints."""

from __future__ import annotations

import datetime as dt

from rich.table import Table

from detection.cli.summaries import console
from detection.language.policy import value_lines
from features.policy import Policy, PolicyValue

_WORDS = {
    "en": {
        "title": "{area}, in force on {day}",
        "columns": ("parameter", "what it says", "value", "since", "status", "from", "source"),
        "before": "asked before its first date: known from {first}",
        "unknown": "not known",
        "verified": "verified",
        "illustrative": "illustrative",
        "area": "area",
        "overlay": "own values",
        "none": "No policy was asked for (--area none): nothing is in force, and what needs policy is not assessable.",
        "invented": "Values that come from the illustrative profile were invented for the demonstration.",
    },
    "zh": {
        "title": "{area}：{day} 有效的政策参数",
        "columns": ("参数", "含义", "取值", "起始日期", "状态", "来源", "依据"),
        "before": "所查日期尚无记载：最早自 {first} 起",
        "unknown": "未核实",
        "verified": "已核实",
        "illustrative": "示例",
        "area": "本地区",
        "overlay": "自有参数",
        "none": "未指定政策（--area none）：没有有效的政策参数，需要政策参数的检测项均不可评估。",
        "invented": "来自示例的取值为演示而设，并非出自任何文件。",
    },
}


def print_policy(policy: Policy, day: dt.date, language: str) -> None:
    """Every parameter with what is in force; one asked before its first date says so."""
    words, screen = _WORDS[language], console()
    if policy.area == "none" and not policy.parameters:
        screen.print(words["none"])
        return
    title = str(words["title"]).format(area=policy.label.get(language, policy.area), day=day)
    table = Table(title=title, title_justify="left", show_lines=True)
    for number, heading in enumerate(words["columns"]):
        table.add_column(heading, overflow="fold", no_wrap=number in (0, 3, 4))
    for name in policy.names():
        dated = policy.parameters[name]
        meaning = policy.words.get(name, {}).get(language, "")
        in_force = [dated_value for dated_value in dated if dated_value.start <= day]
        if not in_force:
            before = str(words["before"]).format(first=dated[0].start)
            table.add_row(name, meaning, before, "–", "–", _layer(policy, name, language), "–")
            continue
        dated_value = in_force[-1]
        table.add_row(
            name,
            meaning,
            "\n".join(_lines(dated_value, language)),
            dated_value.start.isoformat(),
            str(words[dated_value.status]),
            _layer(policy, name, language),
            dated_value.source,
        )
    screen.print(table)
    if policy.profile:
        screen.print(words["invented"])


def _layer(policy: Policy, name: str, language: str) -> str:
    layer = policy.layers.get(name, "area")
    return str(_WORDS[language].get(layer, layer))


def _lines(dated_value: PolicyValue, language: str) -> list[str]:
    if dated_value.status == "unknown":
        return [str(_WORDS[language]["unknown"])]
    return value_lines(dated_value.rows or dated_value.value, language)
