"""Why an alert or an institution stands where it does in its list, in words, for screens, files and reports."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from detection.language.formats import formats
from detection.language.messages import Messages, code_label

if TYPE_CHECKING:
    from detection.alerts.draft import Money
    from detection.detectors.cards import MoneyKind

_HEADLINES: tuple[MoneyKind, ...] = ("at_issue", "in_question")
"""Kinds of money that a visit may recover."""
_ERRORS = ("agency", "data")


def of_alert(kinds: int | None, expected_fen: int, money_kind: MoneyKind, queue: str, language: str) -> str:
    """Why an alert stands where it does among those of its grade: ``3 kinds · CN¥27.60K to recover``.

    Args:
        kinds: of evidence about the subject; None where it is not known.
        expected_fen: money times certainty.
        money_kind: what its money is; all spending of a subject is no money to recover.
        queue: its desk; what agencies owe is to be corrected, and what they overpaid as well.
        language: ``en`` or ``zh``.
    """
    words = Messages(language, "codes")
    recovered = "correct" if queue in _ERRORS else "recover"
    what = "spending" if money_kind == "context" else recovered
    known = words(f"order.alert.{what}", sum=formats(language).short_money(expected_fen))
    money = known if expected_fen else words("order.alert.no_money")
    number = (
        [] if kinds is None else [words(f"order.alert.kinds.{'one' if kinds == 1 else 'several'}", n=kinds)]
    )
    return words("order.alert.separator").join([*number, money])


def of_institution(kinds: Sequence[str], money: Mapping[MoneyKind, Money], language: str) -> str:
    """Why an institution is to be looked at first: its kinds of evidence by name, and its money by kind.

    Args:
        kinds: labels of a detector of each kind of evidence; none where there are weak signs only.
        money: by kind; empty where it stands beside the reason.
        language: ``en`` or ``zh``.
    """
    words = Messages(language, "codes")
    if not kinds:
        return words("order.institution.context")
    named = words("order.institution.kinds", n=len(kinds), kinds=words("order.institution.and").join(kinds))
    sums = [
        words(
            "order.institution.money",
            kind=code_label("money_kind", kind, language),
            funds=_funds(money[kind], words),
        )
        for kind in _HEADLINES
        if kind in money
    ]
    return words("order.institution.separator").join([named, *sums])


def _funds(money: Money, words: Messages) -> str:
    """Both funds, each with its sum, without those that have none."""
    figures = formats(words.language)
    named = (("pool", money.pool), ("account", money.account))
    return words("order.institution.and").join(
        words(f"order.fund.{fund}", sum=figures.short_money(fen)) for fund, fen in named if fen
    )
