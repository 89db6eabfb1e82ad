"""Money, counts, shares, days and months as a language writes them, by Babel.

Every text that a person reads takes its figures from here: screens, command line, reports, and the sentences of
alerts. Files for machines (the export) do not: their format is the data contract's.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal

from detection.language.messages import messages

_DAY = {"en": "yyyy-MM-dd", "zh": "y年M月d日"}
_MONTH = {"en": "yyyy-MM", "zh": "y年M月"}
_TIME = "yyyy-MM-dd HH:mm"
_MINUS = "\N{MINUS SIGN}"
_NONE = "–"
_TIE = Fraction(1, 10**6)
"""Half of the last decimal, and a little more: floats and halves are rounded to even."""
_SHORT = {"en": ((10**9, "B"), (10**6, "M"), (10**3, "K")), "zh": ((10**8, "亿"), (10**4, "万"))}


@dataclass(frozen=True)
class Formats:
    """The figures of one language, ``en`` or ``zh``; take it from `formats`."""

    language: str

    def money(self, fen: int) -> str:
        """Exact to the fen, with the currency: ``CN¥1,234.56``, ``¥1,234.56``."""
        return _signed(fen, _currency(abs(fen), self.language))

    def yuan(self, fen: int) -> str:
        """Exact to the fen, without the currency: ``1,234.56``."""
        return _signed(fen, _decimal(Decimal(abs(fen)).scaleb(-2), "#,##0.00", self.language))

    def sortable_yuan(self, fen: int) -> float:
        """Yuan as a number, for tables that sort and write it themselves; exact below 90 trillion yuan."""
        return fen / 100

    def short_money(self, fen: int) -> str:
        """Rounded: ``CN¥123.46M``, ``¥1.23亿``; below the smallest step exact."""
        yuan = abs(fen) / 100
        for size, unit in _SHORT[self.language]:
            if yuan >= size:
                return _signed(fen, f"{self.currency}{self.fixed(yuan / size, 2)}{unit}")
        return self.money(fen)

    @property
    def currency(self) -> str:
        """Sign of the currency: ``CN¥``, ``¥``."""
        return _currency(0, self.language).removesuffix("0.00")

    def count(self, count: int) -> str:
        """A whole number with thousands marks."""
        return _decimal(Decimal(count), "#,##0", self.language)

    def number(self, value: float) -> str:
        """A number with thousands marks and two decimals at most."""
        return _decimal(Decimal(value), "#,##0.##", self.language)

    def fixed(self, value: float, digits: int) -> str:
        """A number with thousands marks and so many decimals."""
        return _decimal(Decimal(value), "#,##0" + "." * bool(digits) + "0" * digits, self.language)

    def signed(self, value: float, digits: int) -> str:
        """A difference with its sign: ``+4.1``, ``−0.25``; what rounds to zero has none."""
        text = self.fixed(abs(value), digits)
        if not any(character in "123456789" for character in text):
            return text
        return f"{_MINUS if value < 0 else '+'}{text}"

    def signed_exactly(self, value: float | Fraction, digits: int) -> str:
        """A difference with its sign, and as many decimals as show it: what is printed as zero is none."""
        return self.signed(float(value), decimals(value, digits))

    def small_share(self, share: float | Fraction) -> str:
        """A share, 0 to 1, in per cent: ``12.3%``, and with more decimals next to nothing or all: ``0.04%``."""
        rest = 1 - Fraction(share)
        nearer = min(Fraction(share), rest, key=abs)
        return self.share(float(share), decimals(100 * nearer, 1))

    def share(self, share: float, digits: int = 1) -> str:
        """A share, 0 to 1, in per cent: ``12.3%``."""
        return _decimal(Decimal(share * 100), "#0" + "." * bool(digits) + "0" * digits, self.language) + "%"

    def day(self, day: dt.date | str | None) -> str:
        """A date: ``2024-06-30``, ``2024年6月30日``; a dash for none.

        Args:
            day: a date, or ISO text of a day or a time.
        """
        if not day:
            return _NONE
        if isinstance(day, str):
            day = dt.date.fromisoformat(day[:10])
        return str(format_date(day, _DAY[self.language], locale=self.language))

    def month(self, month: str) -> str:
        """A month (``2024-03``): ``2024-03``, ``2024年3月``."""
        first = dt.date.fromisoformat(f"{month}-01")
        return str(format_date(first, _MONTH[self.language], locale=self.language))

    def time(self, time: dt.datetime | None) -> str:
        """A local time to the minute, the same in both languages: ``2024-06-30 14:05``; a dash for none."""
        return _NONE if time is None else str(format_datetime(time, _TIME, locale=self.language))

    def period(self, name: str) -> str:
        """A period by its name: ``2024``, ``2024-H1``, ``2024-Q3``, ``2024-06``; in Chinese ``2024年第3季度``."""
        year, _, part = name.partition("-")
        if part.isdigit():
            return self.month(name)
        kind = {"": "year", "Q": "quarter", "H": f"half_{part[1:]}"}[part[:1]]
        return messages(self.language, "codes")[f"period.{kind}"].format(year=year, number=part[1:])


def decimals(value: float | Fraction, least: int) -> int:
    """How many decimals show that a number is not zero: ``least``, or as many more as that takes."""
    places, size = least, abs(Fraction(value))
    while size and size * 10**places < Fraction(1, 2) + _TIE:
        places += 1
    return places


@cache
def formats(language: str) -> Formats:
    """The figures of a language.

    Raises:
        KeyError: neither ``en`` nor ``zh``.
    """
    _DAY[language]
    return Formats(language)


def _signed(fen: int, text: str) -> str:
    return _MINUS + text if fen < 0 else text


@lru_cache(maxsize=65_536)
def _currency(fen: int, language: str) -> str:
    return str(format_currency(Decimal(fen).scaleb(-2), "CNY", locale=language))


@lru_cache(maxsize=65_536)
def _decimal(value: Decimal, pattern: str, language: str) -> str:
    return str(format_decimal(value, pattern, locale=language))
