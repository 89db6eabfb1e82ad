"""The command line: from a folder of claims to ranked, explained alerts, and what one does with them.

Heavy libraries are imported inside the commands, so that ``--help`` answers at once. Here alone are the
clock, the terminal and the environment; everything below is given what it needs.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer
from typer.exceptions import TyperException
from typer.main import get_command

from detection.cli import (
    evaluating,
    followup,
    indicators,
    reporting,
    running,
    samples,
    screens,
)
from detection.cli.accounts import commands as users
from detection.cli.allocator import set_allocator, set_collector
from detection.cli.auditing import commands as auditing
from detection.cli.casework import combining as case_combining
from detection.cli.casework import commands as casework
from detection.cli.casework import files as case_files
from detection.cli.casework import tools as case_tools
from detection.cli.disclosing.commands import letter, reveal
from detection.cli.doctoring.command import doctor
from detection.cli.fund import policies
from detection.cli.fund.districts import districts
from detection.cli.language.choice import (
    OPTION,
    Language,
    of_locale,
    option_first,
    requested,
    set_terminal_language,
    terminal_language,
)
from detection.cli.language.help_page import Command, Group
from detection.cli.language.help_texts import word
from detection.cli.language.plain import lines_without_orders
from detection.cli.language.usage_errors import print_usage_error
from detection.cli.leads import commands as leads
from detection.cli.packing import commands as packing
from detection.cli.requests import commands as requests
from detection.cli.safekeeping import rotating
from detection.cli.safekeeping.closing import secure
from detection.cli.safekeeping.purging import purge
from detection.cli.safekeeping.saving import backup, restore, verify
from detection.cli.terminal import print_what_can_be_printed
from detection.cli.unforeseen.errors import TRACEBACKS, as_unforeseen
from detection.language.sentences import error_text
from features.errors import FundwatchError

_INTERRUPTED = 130
_OWNER_ONLY = 0o077
"""Rights that new files and folders do not get: those of other accounts."""

app = typer.Typer(
    name="fundwatch",
    cls=Group,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help=(
        "Supervision of a medical-insurance fund: claims in, ranked and explained alerts out.\n\n"
        "Start with a simulated city: `fundwatch demo`. With your own export: "
        "`fundwatch run --data DIR --workspace WS --area 320600`, then `fundwatch dashboard --workspace WS`.\n\n"
        "Exit codes: 0 done, 1 unexpected, 2 usage, 3 input, 4 mapping, 5 policy, 6 workspace, 7 store, 8 card, "
        "9 integrity.\n\n"
        "An alert is not a verdict: it says what was seen, and what could explain it."
    ),
)
app.command("simulate", cls=Command)(samples.simulate)
app.command("doctor", cls=Command)(doctor)
app.command("intake", cls=Command)(running.intake)
app.command("run", cls=Command)(running.run)
app.command("alerts", cls=Command)(followup.alerts)
app.command("explain", cls=Command)(followup.explain)
app.command("export", cls=Command)(followup.export)
app.command("letter", cls=Command)(letter)
app.command("reveal", cls=Command)(reveal)
app.command("evaluate", cls=Command)(evaluating.evaluate)
app.command("plan", cls=Command)(followup.plan)
app.command("packets", cls=Command)(casework.packets)
case_tools.add_commands(casework.app)
case_combining.add_commands(casework.app)
case_files.add_commands(casework.app)
app.add_typer(casework.app, name="case")
app.add_typer(packing.app, name="pack")
app.add_typer(leads.app, name="leads")
app.command("report", cls=Command)(reporting.report)
app.command("indicators", cls=Command)(indicators.indicators)
app.command("dashboard", cls=Command)(screens.dashboard)
app.command("demo", cls=Command)(samples.demo)
app.command("secure", cls=Command)(secure)
app.command("backup", cls=Command)(backup)
app.command("restore", cls=Command)(restore)
app.command("verify", cls=Command)(verify)
app.command("districts", cls=Command)(districts)
app.command("purge", cls=Command)(purge)
app.add_typer(policies.app, name="policy")
app.add_typer(auditing.app, name="audit")
app.add_typer(users.app, name="user")
app.add_typer(requests.app, name="request")
app.add_typer(rotating.app, name="key")


def _version(requested: bool) -> None:
    if requested:
        from importlib.metadata import version

        typer.echo(f"fundwatch {version('fundwatch')}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    lang: Annotated[
        Language | None,
        typer.Option(OPTION, help="Language of the terminal; that of the locale as default."),
    ] = None,
) -> None:
    """Options that come before the command."""
    set_allocator(os.environ)
    set_collector()


def main() -> None:
    """Run the command line; a `FundwatchError` is shown without a traceback, with its kind's exit code."""
    os.umask(_OWNER_ONLY)
    print_what_can_be_printed()
    words = option_first(sys.argv[1:])
    set_terminal_language(requested(words) or of_locale(os.environ, sys.stdout.encoding))
    try:
        code = get_command(app).main(args=words, standalone_mode=False)
    except TyperException as error:
        print_usage_error(error)
        code = error.exit_code
    except typer.Abort:
        sys.stderr.write(f"{word('Aborted.')}\n")
        code = 1
    except FundwatchError as error:
        sys.stderr.write(f"{lines_without_orders(error_text(error, terminal_language()))}\n")
        code = error.exit_code
    except Exception as error:
        if os.environ.get(TRACEBACKS):
            raise
        unforeseen = as_unforeseen(error)
        sys.stderr.write(f"{lines_without_orders(error_text(unforeseen, terminal_language()))}\n")
        code = unforeseen.exit_code
    if code == _INTERRUPTED:
        sys.stderr.write(f"{word('Stopped. What readers see is as it was before.')}\n")
    sys.exit(code)


if __name__ == "__main__":
    main()
