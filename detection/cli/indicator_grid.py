"""What ``fundwatch indicators`` prints: one line an indicator, and the lines and policy it rests on."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from detection.cli.summaries import console as wide_console
from detection.indicators.card import IndicatorCard
from detection.indicators.texts import amount_text, change_text, value_text
from detection.store.queries import open_store
from detection.store.queries.indicators.values import Tile, Value, grid
from features.workspace import Workspace

_WORDS = {
    "en": {
        "screen": "screen",
        "indicator": "indicator",
        "period": "period",
        "value": "value",
        "of": "numerator / denominator",
        "change": "change",
        "mark": "attention",
        "few": "few: not judged",
        "hidden": "hidden: fewer than ten people",
        "not": "not assessable: {reason}",
        "attention": "needs a look",
        "illustrative": "rests on illustrative policy values: {names}",
        "simulated": "Simulated data",
        "note": "An indicator says where to look; its line is supervision's own choice, not a law.",
    },
    "zh": {
        "screen": "页面",
        "indicator": "指标",
        "period": "期间",
        "value": "数值",
        "of": "分子 / 分母",
        "change": "变化",
        "mark": "关注",
        "few": "样本较少，不作判断",
        "hidden": "不足十人，不予显示",
        "not": "无法评估：{reason}",
        "attention": "需关注",
        "illustrative": "所依据的政策参数为示意值：{names}",
        "simulated": "模拟数据",
        "note": "指标只提示关注方向；关注线由监管部门自行设定，并非法定标准。",
    },
}


def print_grid(space: Workspace, screen: str, *, language: str) -> None:
    """The indicators of a screen, or of all, over the latest period each.

    Raises:
        StoreError: no run yet, or a run without indicators.
    """
    console, words = wide_console(), _WORDS[language]
    with open_store(space) as store:
        simulated = store.current_run().simulated
        tiles = grid(store, screen)
    if simulated:
        console.print(words["simulated"], style="reverse")
    table = Table()
    for heading in ("screen", "indicator", "period", "value", "of", "change", "mark"):
        table.add_column(words[heading], justify="right" if heading in {"value", "of", "change"} else "left")
    for tile in tiles:
        table.add_row(*(escape(cell) for cell in _line(tile, language)))
    console.print(table)
    illustrative = {version.parameter for tile in tiles if tile.illustrative for version in tile.versions
                    if version.status == "illustrative" and version.parameter in tile.card.rests_on}  # fmt: skip
    if illustrative:
        console.print(words["illustrative"].format(names=", ".join(sorted(illustrative))))
    console.print(words["note"])


def _line(tile: Tile, language: str) -> list[str]:
    words, value = _WORDS[language], tile.point.value
    title = tile.card.words[language].title
    first = [tile.card.screen, title, tile.point.window]
    if value is None:
        reason = tile.point.reason_zh if language == "zh" else tile.point.reason_en
        return [*first, "–", "", "", words["not"].format(reason=reason)]
    mark = words["attention"] if tile.point.attention else ""
    if value.sufficiency != "enough":
        mark = words[value.sufficiency]
    value_shown = value_text(value.value, tile.card.unit, language)
    return [*first, value_shown, _quotient(tile.card, value, language), _change(tile, language), mark]


def _change(tile: Tile, language: str) -> str:
    if tile.change is None:
        return ""
    return f"{change_text(tile.change, tile.card.unit, language)} ({tile.against.partition(':')[2]})"


def _quotient(card: IndicatorCard, value: Value, language: str) -> str:
    if value.numerator is None or value.denominator is None:
        return ""
    sides = [(value.numerator, value.denominator), *([value.other] if value.other else [])]
    top, below = card.of
    return " − ".join(
        f"{amount_text(over, top, language)} / {amount_text(under, below, language)}" for over, under in sides
    )
