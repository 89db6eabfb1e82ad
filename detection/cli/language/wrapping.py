"""Text that wraps between Chinese characters, and between words of other scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.text import Text

_PIECE = re.compile(r"[（“《]*(?:[!-~–…]+|\S)[，。、；：？！）”》]*\s?|\s")
"""What stays on one line: a word or a Chinese character, with the punctuation that follows it."""


@dataclass(frozen=True)
class Wrapped:
    """A text of one or several paragraphs for a cell or a page."""

    text: str

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """The lines that fit the width."""
        yield Text("\n".join(wrap(self.text, options.max_width)), overflow="fold")

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        """From the longest piece to the longest paragraph."""
        least = max((cell_len(piece.rstrip()) for piece in _PIECE.findall(self.text)), default=0)
        most = max((cell_len(line) for line in self.text.splitlines()), default=0)
        return Measurement(least, max(least, most)).with_maximum(options.max_width)


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most so many cells; a piece that is longer has a line of its own."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in _PIECE.findall(paragraph):
            if line and cell_len((line + piece).rstrip()) > width:
                lines.append(line.rstrip())
                line = ""
            line += piece
        lines.append(line.rstrip())
    return lines
