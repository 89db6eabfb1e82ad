"""``fundwatch simulate`` and ``demo``: a simulated city, and the whole way shown on it."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.language.choice import say
from detection.cli.terminal import progress_bars
from features.errors import UsageError
from features.message import Message
from features.workspace.place import VARIABLE


class FileFormat(StrEnum):
    """How the simulated tables are written."""

    csv = "csv"
    parquet = "parquet"


class Columns(StrEnum):
    """What the export has of the tables."""

    full = "full"
    typical = "typical"
    poor = "poor"


class Clock(StrEnum):
    """How exact the times of the export are."""

    minute = "minute"
    day = "day"


class Author(StrEnum):
    """Whose scenes and twins are planted."""

    first = "first"
    second = "second"
    third = "third"
    fourth = "fourth"
    fifth = "fifth"
    sixth = "sixth"
    seventh = "seventh"


def simulate(
    out: Annotated[Path, typer.Option("--out", help="New folder for the tables and the truth.")],
    persons: Annotated[int, typer.Option("--persons", min=1000, help="Insured people.")] = 20_000,
    months: Annotated[int, typer.Option("--months", min=3, max=120, help="Months of claims.")] = 18,
    seed: Annotated[int, typer.Option("--seed", help="Same seed, same bytes.")] = 1,
    area: Annotated[str, typer.Option("--area", help="Pooling area, 320600 or 150200.")] = "320600",
    file_format: Annotated[FileFormat, typer.Option("--format", help="Of the tables.")] = FileFormat.parquet,
    clean: Annotated[
        bool, typer.Option("--clean", help="Plant no pattern and no innocent twin: everybody is lawful.")
    ] = False,
    author: Annotated[Author, typer.Option("--author", help="Of the planted patterns.")] = Author.first,
    columns: Annotated[
        Columns, typer.Option("--columns", help="All of them, or what exports often lack left out.")
    ] = Columns.full,
    clock: Annotated[
        Clock, typer.Option("--clock", help="Times as they were, or their days.")
    ] = Clock.minute,
) -> None:
    """Write a simulated city as the data contract says, with planted patterns and innocent twins.

    truth/entities.parquet says what was planted, truth/benign_lookalikes.parquet what only looks like it.
    Everything that is computed from it is marked as simulated.
    CSV by the day comes with a mapping.toml that declares it: run it with --mapping.
    """
    from data_samples.city import simulate as simulate_city

    if out.exists() and any(out.iterdir()):
        raise UsageError("The output folder is not empty.", where=str(out), next_step="name a new folder")
    with progress_bars() as progress:
        simulate_city(
            out,
            persons=persons,
            months=months,
            seed=seed,
            area=area,
            file_format=file_format.value,
            planted=not clean,
            author=author.value,
            columns=columns.value,
            clock=clock.value,
            progress=lambda _what, share: progress(Message("simulated city"), round(100 * share), 100),
        )
    say(Message("Simulated city written to {folder}", folder=out))


def demo(
    out: Annotated[Path, typer.Option("--out", help="Folder for the city and its workspace.")] = Path("demo"),
    port: Annotated[
        int, typer.Option("--port", min=1, max=65_535, help="Port of the dashboard on localhost.")
    ] = 8501,
    persons: Annotated[int, typer.Option("--persons", min=1000, help="Insured people.")] = 3_000,
    serve: Annotated[bool, typer.Option("--serve/--no-serve", help="Start the dashboard at the end.")] = True,
) -> None:
    """Show the whole way on a simulated city: simulate, run, dashboard.

    The run lays the illustrative policy values over what is known, and says so on every page.
    """
    from detection.accounts.demo import record_current_data
    from detection.cli.fund.policies import ProfileName
    from detection.cli.running import run
    from detection.cli.screens import dashboard
    from features.workspace import open_workspace

    city = out / f"city-{persons}"
    if city.exists() and not (city / "truth").exists():
        raise UsageError(
            "An earlier demo was stopped before its city was whole.",
            where=str(city),
            next_step="remove that folder and start again: rm -r {city}",
            city=str(city),
        )
    os.environ.pop(VARIABLE, None)  # a simulated city does not belong into the database of a team
    made_here = not city.exists()
    if made_here:
        simulate(out=city, persons=persons, months=18, seed=1, area="320600", file_format=FileFormat.parquet)
    run(data=city, workspace=out / "workspace", area="320600", profile=ProfileName.illustrative)
    if made_here:
        record_current_data(open_workspace(out / "workspace"))
    if serve:
        dashboard(workspace=out / "workspace", port=port)
