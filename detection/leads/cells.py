"""Cells of a file of outside leads: days, amounts, codes and texts; what cannot be read is said without its content."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from functools import cache

from detection.language.messages import case_label
from features.errors import WordedError
from features.message import Code, Message

_DAYS = (
    re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII),
    re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})", re.ASCII),
    re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII),
    re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日", re.ASCII),
)
_AMOUNT = re.compile(r"\d{1,11}(\.\d{1,2})?", re.ASCII)
_AROUND_AMOUNTS = re.compile(r"[¥￥,，元\s]")
_LOST_DIGITS = re.compile(r"\d(\.\d+)?[Ee]\+\d+", re.ASCII)
_CONTROL = ("Cc", "Cs")
"""Kinds of characters that no text has: controls, and halves of characters."""
_LANGUAGES = ("en", "zh")
_WIDE = {chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
"""Full-width characters, which Chinese input methods type, and the usual ones."""
_OF_DAYS_AND_AMOUNTS = str.maketrans(_WIDE)
_OF_IDS = str.maketrans({wide: usual for wide, usual in _WIDE.items() if usual.isalnum()})
"""Signs stay: an office gets its number back as it wrote it."""


class CellError(WordedError):
    """A cell cannot be used; the message says why, and not what is in it."""


def day(text: str) -> dt.date:
    """A day: ``2026-11-30``, ``2026/11/30``, ``20261130`` or ``2026年11月30日``, also with full-width characters.

    Raises:
        CellError: it is none.
    """
    text = text.translate(_OF_DAYS_AND_AMOUNTS)
    for form in _DAYS:
        if match := form.fullmatch(text):
            year, month, number = map(int, match.groups())
            try:
                return dt.date(year, month, number)
            except ValueError:
                break
    raise CellError(Message("no day; write it as 2026-11-30"))


def fen(text: str) -> int:
    """An amount in yuan as fen; separators and the sign of the currency are left out, and full-width digits read.

    Raises:
        CellError: it is no amount, is below zero, or has parts of a fen.
    """
    amount = _AROUND_AMOUNTS.sub("", text.translate(_OF_DAYS_AND_AMOUNTS))
    if not _AMOUNT.fullmatch(amount):
        raise CellError(Message("no amount in yuan; write it as 1234.56, not below zero"))
    return int(Decimal(amount).scaleb(2))


def code(group: str, codes: Sequence[str], *others: str) -> Callable[[str], str]:
    """What reads a code of a group, by its stored name, or by that of either language in this or another group."""
    known = {name: each for named in (*others, group) for name, each in _codes(named, tuple(codes)).items()}

    def read(text: str) -> str:
        named = known.get(text.casefold())
        if named is None:
            raise CellError(
                Message("unknown; use one of {names}", names=[Code(group, each) for each in codes])
            )
        return named

    return read


def text_of(longest: int) -> Callable[[str], str]:
    """What reads a text of so many characters at most; its lines end with a line feed, whichever program wrote them."""

    def read(text: str) -> str:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if len(text) > longest:
            raise CellError(Message("longer than {most} characters", most=longest))
        if any(unicodedata.category(each) in _CONTROL and each not in "\n\t" for each in text):
            raise CellError(Message("a control character"))
        return text

    return read


def usual_digits(text: str) -> str:
    """A text with usual digits and letters for full-width ones, as ids of the core system have them."""
    return text.translate(_OF_IDS)


def identity(longest: int) -> Callable[[str], str]:
    """What reads an id, a number or a name in one line; a number that Excel rounded is refused.

    Full-width digits and letters are read as the usual ones.
    """
    plain = text_of(longest)

    def read(text: str) -> str:
        text = usual_digits(text)
        if _LOST_DIGITS.fullmatch(text):
            raise CellError(Message("a number that has lost digits in Excel; format the column as text"))
        if any(each in text for each in "\r\n\t"):
            raise CellError(Message("more than one line"))
        return plain(text)

    return read


def column_named(heading: str, columns: Sequence[str]) -> str:
    """The column of a heading, by its stored name or by that of either language; empty for none."""
    return _codes("lead_column", tuple(columns)).get(heading.strip().casefold(), "")


@cache
def _codes(group: str, codes: tuple[str, ...]) -> Mapping[str, str]:
    names = {code: code for code in codes}
    for language in _LANGUAGES:
        names |= {case_label(group, each, language).casefold(): each for each in codes}
    return names
