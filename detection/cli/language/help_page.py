"""The page that ``--help`` prints, and commands that print it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.panel import Panel
from rich.table import Table
from rich.text import Text
from typer.core import TyperCommand, TyperGroup

from detection.cli.language.help_texts import paragraphs, shown_default, shown_range, shown_type, word
from detection.cli.language.wrapping import Wrapped

_NARROW = 16
"""Cells that a column of names or types may have on the narrowest terminal."""


class Command(TyperCommand):
    """A command whose help is in the language of the terminal."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the page."""
        _print_page(self, ctx)


class Group(TyperGroup):
    """A group of commands whose help is in the language of the terminal."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Print the page."""
        _print_page(self, ctx)


def usage(command: Any, context: Any) -> str:
    """How a command is written: ``Usage: fundwatch run [OPTIONS]``."""
    pieces = (word(piece) for piece in command.collect_usage_pieces(context))
    return " ".join((f"{word('Usage:')} {context.command_path}", *pieces))


def _print_page(command: Any, context: Any) -> None:
    console = Console()
    console.print(Padding(Text(usage(command, context), style="bold"), (1, 1)))
    for paragraph in paragraphs(command.help):
        console.print(Padding(Wrapped(word(paragraph)), (0, 1, 1, 1)))
    options = [option for option in command.get_params(context) if not getattr(option, "hidden", False)]
    for title, kind in (("Arguments", "argument"), ("Options", "option")):
        rows = [_row(option, context) for option in options if option.param_type_name == kind]
        _print_panel(console, title, rows)
    commands = getattr(command, "commands", {})
    _print_panel(console, "Commands", [_summary(name, inner) for name, inner in commands.items()])


def _print_panel(console: Console, title: str, rows: Sequence[Sequence[str | Text | Wrapped]]) -> None:
    if not rows:
        return
    table = Table(box=None, show_header=False, expand=True, padding=(0, 1))
    for _ in rows[0][:-1]:
        table.add_column(overflow="fold", max_width=max(_NARROW, console.width // 3))
    table.add_column(overflow="fold", ratio=1)
    for row in rows:
        table.add_row(*row)
    console.print(Panel(table, title=word(title), title_align="left", border_style="dim"))


def _row(option: Any, context: Any) -> list[str | Text | Wrapped]:
    names = option.opts if option.param_type_name == "option" else [option.name]
    shown = " / ".join([*names, *option.secondary_opts])
    kind = " ".join(filter(None, (shown_type(option.display_type_rich(context) or ""), _range(option))))
    needed = "*" if option.required else ""
    text = " ".join([*map(word, paragraphs(option.help)), *_notes(option)])
    return [
        Text(needed, style="red"),
        Text(shown, style="bold cyan"),
        Text(kind, style="yellow"),
        Wrapped(text),
    ]


def _range(option: Any) -> str:
    return shown_range(getattr(option, "min", None), getattr(option, "max", None))


def _notes(option: Any) -> Iterator[str]:
    """What follows the text of an option: its default, and that it is required."""
    default = shown_default(option.default)
    if option.secondary_opts:
        default = (option.opts if option.default else option.secondary_opts)[0]
    if default and option.show_default:
        yield word("[default: {default}]").format(default=default)
    if option.required:
        yield word("[required]")


def _summary(name: str, command: Any) -> list[str | Text | Wrapped]:
    """The name of a command, and its first sentences."""
    first = next(iter(paragraphs(command.help)), "")
    return [Text(name, style="bold cyan"), Wrapped(word(first))]
