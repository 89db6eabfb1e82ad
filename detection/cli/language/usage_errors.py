"""Errors of usage, which the library words in English, in the language of the terminal."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from detection.cli.language.choice import Language, terminal_language
from detection.cli.language.help_page import usage
from detection.cli.language.help_texts import word
from detection.cli.language.wrapping import Wrapped
from detection.language.messages import messages

CATALOGUE = "usage"
_PLACE = re.compile(r"\\\{(\w+)\\\}")


def print_usage_error(error: Any) -> None:
    """Print to stderr how a command is written, and what is wrong.

    Args:
        error: as Typer raises it.
    """
    if type(error).__name__ == "NoArgsIsHelpError":  # its help has been printed
        return
    console, context = Console(stderr=True), getattr(error, "ctx", None)
    if context is not None:
        console.print(Text(usage(context.command, context), style="bold"))
        hint = word("Try '{command} --help' for help.").format(command=context.command_path)
        console.print(Text(hint, style="dim"))
    text = Wrapped(translated(error.format_message()))
    console.print(Panel(text, title=word("Error"), title_align="left", border_style="red"))


def translated(text: str) -> str:
    """A sentence of the library in the language of the terminal; English where its form is not known."""
    if terminal_language() is Language.en:
        return text
    for pattern, chinese in _patterns():
        match = pattern.fullmatch(text)
        if match:
            return chinese.format(**{name: translated(part) for name, part in match.groupdict().items()})
    return text


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """The sentences as patterns, those with the longest fixed text first, and each in Chinese."""
    chinese = messages(Language.zh.value, CATALOGUE)
    ordered = sorted(chinese, key=lambda english: (-len(re.sub(r"\{\w+\}", "", english)), english))
    return tuple(
        (re.compile(_PLACE.sub(r"(?P<\1>.+?)", re.escape(english)), re.DOTALL), chinese[english])
        for english in ordered
    )
