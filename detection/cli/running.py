"""``fundwatch intake`` and ``run``: what fills a workspace."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.fund.detectors import Detectors, named_detectors
from detection.cli.fund.policies import PolicyFolder, Profile
from detection.cli.language.choice import in_terminal_language
from detection.cli.logs import run_log
from detection.cli.safekeeping.closing import KeyFile
from detection.cli.terminal import now, place, progress_bars

DataFolder = Annotated[Path, typer.Option("--data", help="Folder with the export: <table>.csv or .parquet.")]
WorkspaceFolder = Annotated[
    Path, typer.Option("--workspace", help="Folder that keeps runs, models and alerts.")
]
MappingFile = Annotated[
    Path | None,
    typer.Option("--mapping", help="TOML file that maps another export to the contract (docs/mapping.md)."),
]

PresetName = Annotated[
    str | None,
    typer.Option(
        "--preset", help="Names and codes that the export has: nhsa, the national platform (docs/nhsa.md)."
    ),
]
PresetOptions = Annotated[
    list[str] | None,
    typer.Option("--preset-option", help="Option of the preset, as NAME=VALUE; may be given several times."),
]


class DeliveryKind(StrEnum):
    """What the data are: the whole history, or what is added to the data of the last run."""

    full = "full"
    increment = "increment"


def intake(
    data: DataFolder,
    workspace: WorkspaceFolder,
    mapping: MappingFile = None,
    preset: PresetName = None,
    preset_option: PresetOptions = None,
    key: KeyFile = None,
) -> None:
    """Read and check an export, without assessing it.

    Says per table how many rows were read, used, quarantined and left out, and the same in yuan; they add up.
    """
    from detection.cli.summaries import intake_summary
    from features.intake import create_snapshot, refuse_missing
    from features.workspace import open_workspace

    refuse_missing(data)
    space = open_workspace(place(workspace), create=True, key=key)
    with space.lock(), progress_bars() as progress:
        options = preset_options(preset_option)
        taken = create_snapshot(
            data, space, mapping=mapping, preset=preset, options=options, progress=progress
        )
    intake_summary(taken.manifest)


def run(
    data: DataFolder,
    workspace: WorkspaceFolder,
    area: Annotated[
        str, typer.Option("--area", help="Pooling area whose policy applies (320600, 150200), or none.")
    ],
    mapping: MappingFile = None,
    profile: Profile = None,
    policy_dir: PolicyFolder = None,
    preset: PresetName = None,
    preset_option: PresetOptions = None,
    as_of: Annotated[
        dt.datetime | None,
        typer.Option(
            "--as-of",
            formats=["%Y-%m-%d"],
            help="Assess as of this day; what came later is left out (default: the last day).",
        ),
    ] = None,
    delivery: Annotated[
        DeliveryKind | None,
        typer.Option(
            "--delivery",
            help="full: the data are the whole history, and earlier months may be gone; increment: they are added to "
            "those of the last run, and rows with the same key are replaced.",
        ),
    ] = None,
    expect: Annotated[
        Path | None,
        typer.Option(
            "--expect",
            help="TOML file of control totals: rows and yuan by table and month, as the sender states them. "
            "The run stops where they differ.",
        ),
    ] = None,
    accept_missing: Annotated[
        list[str] | None,
        typer.Option(
            "--accept-missing",
            help="What the last run had and this delivery may lack: a table, table:YYYY-MM, table.column, later, "
            "or all; or models, which are then fitted anew. May be given several times; is recorded.",
        ),
    ] = None,
    read: Annotated[
        list[str] | None,
        typer.Option(
            "--read",
            help="Meaning of a word that exports use in two ways, as NAME=VALUE: enrolment_status=interval|today, "
            "enrolment_end=inclusive|exclusive (default: as the data show). May be given several times.",
        ),
    ] = None,
    detectors: Detectors = None,
    seed: Annotated[int, typer.Option("--seed", help="Seed of the anomaly models.")] = 0,
    refit: Annotated[
        bool,
        typer.Option(
            "--refit", help="Fit new models and log them as challengers; the champion still scores."
        ),
    ] = False,
    key: KeyFile = None,
) -> None:
    """Go from a folder of claims to ranked, explained alerts.

    Example: fundwatch run --data export --workspace ws --area 320600

    A second run on newer data updates the alerts, keeps what people did to them, and closes what no longer
    holds. It stops where the data lack a table, a month, or a large part of what the last run had.
    A run that is stopped leaves what readers see as it was. The same command goes on after the steps that it finished.
    """
    from detection.cli.steps.bars import run_bars
    from detection.cli.summaries import run_summary
    from detection.followup.audit.anchoring import anchor_as_configured
    from detection.run.pipeline import RunRequest
    from detection.run.pipeline import run as run_pipeline
    from features.message import Message
    from features.workspace import open_workspace

    request = RunRequest(
        data=data,
        workspace=place(workspace),
        area=area,
        mapping=mapping,
        profile=profile.value if profile else None,
        policy_dir=policy_dir,
        preset=preset,
        preset_options=preset_options(preset_option),
        as_of=as_of.date() if as_of else None,
        seed=seed,
        refit=refit,
        delivery=delivery.value if delivery else None,
        expect=expect,
        accept_missing=accept_missing or (),
        detectors=named_detectors(detectors),
        readings=preset_options(read),
        now=now(),
        key=key,
    )
    try:
        with run_log(workspace), run_bars(workspace) as progress:
            done = run_pipeline(request, progress)
    except KeyboardInterrupt:
        again = Message("Start the same command again: it goes on after the steps that are finished.")
        typer.echo(in_terminal_language(again), err=True)
        raise
    anchor_as_configured(open_workspace(request.workspace))
    run_summary(done, workspace, _as_doctored(data, mapping, preset, area))


def _as_doctored(data: Path, mapping: Path | None, preset: str | None, area: str) -> str:
    """The folder and the options with which the doctor reads the same."""
    given = {"--mapping": mapping, "--preset": preset, "--area": area}
    return " ".join([str(data), *(f"{name} {value}" for name, value in given.items() if value is not None)])


def preset_options(given: list[str] | None) -> dict[str, str]:
    """Options of a preset by name.

    Raises:
        UsageError: one is not written as NAME=VALUE.
    """
    from features.errors import UsageError

    wrong = [option for option in given or [] if "=" not in option]
    if wrong:
        raise UsageError(
            "An option of a preset, or a reading, is written NAME=VALUE.",
            where=", ".join(wrong),
            next_step="for example --preset-option hosp_lv=grade",
        )
    pairs = (option.split("=", 1) for option in given or [])
    return {name.strip(): value.strip() for name, value in pairs}
