"""Money by kind: at issue by rules, in question by patterns, context. Never a sum of two kinds."""

from __future__ import annotations

from markupsafe import Markup

from dashboard.markup import amount, bold, lines, message_markup, styled
from dashboard.wording import figures, label
from detection.alerts.draft import NO_MONEY, Money
from detection.detectors.cards import MoneyKind
from detection.store.queries.totals import Totals

_NO_HEADLINE = "context"


def money_lines(totals: Totals) -> list[Markup]:
    """A line for each kind that there is, in short and to the fen; what is only context is muted."""
    return [_line(kind, totals.of(kind)) for kind in totals.kinds]


def _line(kind: MoneyKind, money: Money) -> Markup:
    text = message_markup(
        "money.of_kind",
        kind=label("money_kind", kind),
        pool=_short_and_exact(money.pool),
        account=_short_and_exact(money.account),
    )
    return styled(text, "muted") if kind == _NO_HEADLINE else text


def funds(money: Money) -> Markup:
    """Pool above accounts, for a cell of a table; a dash where there is neither."""
    return lines([amount(money.pool), amount(money.account)]) if money != NO_MONEY else Markup("–")


def _short_and_exact(fen: int) -> Markup:
    """Money in short, and to the fen where that differs."""
    exact = figures().money(fen)
    return bold(amount(fen)) + ("" if figures().short_money(fen) == exact else f" ({exact})")
