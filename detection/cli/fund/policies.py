"""``fundwatch policy show``, ``check`` and ``new``: what is in force, what is wrong with a folder, what to fill in."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from detection.cli.language.choice import PrintLanguage, chosen, say
from detection.cli.language.help_page import Command, Group
from features.message import Message

app = typer.Typer(
    cls=Group, no_args_is_help=True, help="The dated values of the fund's rules, with their sources."
)


class ProfileName(StrEnum):
    """Profiles of this package."""

    illustrative = "illustrative"


Profile = Annotated[
    ProfileName | None,
    typer.Option(
        "--profile", help="Profile that overrides the known values: illustrative, invented for a demo."
    ),
]
PolicyFolder = Annotated[
    Path | None,
    typer.Option(
        "--policy-dir",
        help="Folder with a fund's own values, which override all others (<area>_<name>.toml).",
    ),
]


@app.command("show", cls=Command)
def show(
    area: Annotated[str, typer.Option("--area", help="Pooling area (320600, 150200).")],
    date: Annotated[
        dt.datetime, typer.Option("--date", formats=["%Y-%m-%d"], help="Day of the care or of the payment.")
    ],
    profile: Profile = None,
    policy_dir: PolicyFolder = None,
    language: PrintLanguage = None,
) -> None:
    """Print what is in force in an area on a day: every parameter with its value, status and source.

    Example: fundwatch policy show --area 320600 --date 2023-06-01
    """
    from detection.cli.fund.policy_table import print_policy
    from features.policy import load_policy

    policy = load_policy(area, profile=profile.value if profile else None, overlay=policy_dir)
    print_policy(policy, date.date(), chosen(language))


@app.command("check", cls=Command)
def check(folder: Annotated[Path, typer.Argument(help="Folder with <area>_<name>.toml files.")]) -> None:
    """List everything that is wrong with a folder of policy values, and what is odd in it.

    Exit code 0 when nothing is wrong, 5 when something is; what is odd is listed, and is no error.
    """
    from features.errors import PolicyError
    from features.policy import check_folder

    problems, warnings = check_folder(folder)
    for warning in warnings:
        say(Message("odd: {oddity}", oddity=warning))
    if problems:
        raise PolicyError("The policy folder cannot be used.", where=str(folder), problems=problems)
    say(Message("Nothing is wrong with the policy folder."))


@app.command("new", cls=Command)
def new(
    area: Annotated[str, typer.Option("--area", help="Pooling area of the fund, six digits.")],
    out: Annotated[Path, typer.Option("--out", help="Folder for the file; an existing file stays.")],
) -> None:
    """Write a file of policy values to fill in: all of them for another fund, the unknown ones for a known area.

    Every value has status unknown, which switches off what needs it.

    Example: fundwatch policy new --area 330100 --out own
    """
    from detection.detectors.waiting import waiting_for_policy
    from features.errors import UsageError
    from features.policy import template

    text = template(area, waiting_for_policy())
    path = out / f"{area}_fund.toml"
    if path.exists():
        raise UsageError("The file exists.", where=str(path), next_step="name another folder, or remove it")
    out.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    say(Message("written: {file}", file=path))
    say(
        Message(
            "Fill in what is known, then: fundwatch run --area {area} --policy-dir {folder}",
            area=area,
            folder=out,
        )
    )
