"""``fundwatch indicators``: the values of the current run at a terminal."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from detection.cli.followup import WorkspaceFolder
from detection.cli.language.choice import PrintLanguage, chosen
from detection.cli.terminal import place


class Screen(StrEnum):
    """Whose indicators."""

    all = "all"
    participation = "participation"
    benefit = "benefit"
    accounts = "accounts"
    family_aid = "family_aid"
    fund_risk = "fund_risk"
    awareness = "awareness"


def indicators(
    workspace: WorkspaceFolder,
    screen: Annotated[Screen, typer.Option("--screen", help="Only this screen's.")] = Screen.all,
    language: PrintLanguage = None,
) -> None:
    """Show the indicators of supervision: value, numerator and denominator, change, attention, sufficiency.

    What rests on fewer than ten people is hidden, on fewer than thirty not assessed; what could not be measured says
    what it needs.
    """
    from detection.cli.indicator_grid import print_grid
    from features.workspace import open_workspace

    shown = "" if screen is Screen.all else screen.value
    print_grid(open_workspace(place(workspace)), shown, language=chosen(language))
