"""What a report recommends: explicit rules over its findings, with the dated numbers of ``recommendations.toml``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from detection.alerts.dated_numbers import DatedNumbers, read_numbers
from detection.alerts.draft import NO_MONEY
from detection.indicators.card import IndicatorCard
from detection.report.content import Content
from detection.store.queries.home import InstitutionRow
from detection.store.queries.period_figures import Owed
from features.message import Message
from features.money import FEN_PER_YUAN

NOTHING_OWED = Owed("", 0, NO_MONEY, NO_MONEY)
_CARD = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Recommendation:
    """One thing to decide.

    Attributes:
        rule: the rule that it follows from; words stand under ``report.recommend.RULE``.
        institutions: those to inspect, in order.
        indicators: those to explain.
        owed: by agencies.
        count, of: alerts, detectors or indicators; of how many.
    """

    rule: str
    institutions: tuple[InstitutionRow, ...] = ()
    indicators: tuple[IndicatorCard, ...] = ()
    owed: Owed = NOTHING_OWED
    count: int = 0
    of: int = 0


def recommendations(content: Content) -> tuple[Recommendation, ...]:
    """What follows from the findings, in the order of the rules."""
    return tuple(_recommended(content, recommendation_card()))


@cache
def recommendation_card(path: Path = _CARD) -> DatedNumbers:
    """Read the card.

    Raises:
        CardError: the card is not TOML, has no threshold, or one lacks a part.
    """
    return read_numbers(path, Message("The card of recommendations"))


def _recommended(content: Content, card: DatedNumbers) -> Iterator[Recommendation]:
    day = content.period.end
    least = FEN_PER_YUAN * card.number("least_expected_of_institution", day)
    worth_it = [row for row in content.institutions if row.expected_fen >= least]
    if worth_it:
        first = worth_it[: int(card.number("institutions_first", day))]
        yield Recommendation("inspect", institutions=tuple(first))
    owed = content.owed_in_all
    if max(owed.to_fund.amount, owed.to_insured.amount) >= FEN_PER_YUAN * card.number("least_owed", day):
        yield Recommendation("settle", owed=owed)
    if content.accounts_in_all >= card.number("least_accounts", day):
        yield Recommendation("verify_accounts", count=content.accounts_in_all)
    if len(content.limited) >= card.number("least_limited_detectors", day):
        yield Recommendation("ask_sender", count=len(content.limited), of=content.detectors)
    attention = tuple(line.card for line in content.indicators if line.now.attention)
    if attention:
        yield Recommendation(
            "review_indicators", indicators=attention, count=len(attention), of=len(content.indicators)
        )
    if content.handled.get("new", 0) >= card.number("least_untouched", day):
        yield Recommendation("take_up", count=content.handled["new"], of=sum(content.handled.values()))
