"""What ``fundwatch indicators`` prints: one row an indicator, and the policy it rests on."""

from __future__ import annotations

from rich.table import Table

from detection.cli.language.plain import plain_text
from detection.cli.summaries import console as wide_console
from detection.indicators.card import IndicatorCard
from detection.indicators.texts import amount_text, change_text, value_text
from detection.language.messages import Messages
from detection.language.text import Text
from detection.store.queries import open_store
from detection.store.queries.indicators.values import Tile, Value, grid
from features.workspace import Workspace

_CATALOGUE = "terminal"
_COLUMNS = ("screen", "indicator", "period", "value", "of", "change", "mark")
_RIGHT = {"value", "of", "change"}


def print_grid(space: Workspace, screen: str, *, language: str) -> None:
    """The indicators of a screen, or of all, over the latest period each.

    Raises:
        StoreError: no run yet, or a run without indicators.
    """
    console, words = wide_console(), Messages(language, _CATALOGUE)
    with open_store(space) as store:
        simulated = store.current_run().simulated
        tiles = grid(store, screen)
    if simulated:
        console.print(words("mark.simulated"), style="reverse")
    table = Table()
    for name in _COLUMNS:
        table.add_column(words(f"indicators.column.{name}"), justify="right" if name in _RIGHT else "left")
    for tile in tiles:
        table.add_row(*(plain_text(cell) for cell in line(tile, language)))
    console.print(table)
    illustrative = {version.parameter for tile in tiles if tile.illustrative for version in tile.versions
                    if version.status == "illustrative" and version.parameter in tile.card.rests_on}  # fmt: skip
    if illustrative:
        console.print(words("indicators.illustrative", names=", ".join(sorted(illustrative))))
    console.print(words("indicators.note"))


def line(tile: Tile, language: str) -> list[str]:
    """The cells of an indicator: screen, title, period, value, quotient, change, and a mark."""
    words, value = Messages(language, _CATALOGUE), tile.point.value
    title = tile.card.words[language].title
    first = [tile.card.screen, title, tile.point.window]
    if value is None:
        reason = Text(tile.point.reason_en, tile.point.reason_zh)[language]
        return [*first, "–", "", "", words("indicators.not_assessable", reason=reason)]
    mark = words("indicators.attention") if tile.point.attention else ""
    if value.sufficiency != "enough":
        mark = words(f"indicators.{value.sufficiency}")
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
