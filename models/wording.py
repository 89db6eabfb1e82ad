"""How a reason is said, in English and in Chinese.

"41 visits per month: 1st of 214 comparable pharmacies with this figure, median 3". "With this figure", because
not every peer has every figure: what does not apply to a peer is not counted. A place that others have too
is "1st (shared by 7)".
"""

from __future__ import annotations

from features.registry import Feature
from models.decided import decided
from models.peers import SEPARATOR


def sentences(
    one: Feature, value: float, median: float, rank: int, shared: int, peers: int, group: str
) -> tuple[str, str]:
    """English and Chinese sentence of one reason.

    Args:
        one: the feature, whose template says what the value is.
        value: of the entity.
        median: of the peers.
        rank: place among the peers.
        shared: how many have this place, the entity included.
        peers: how many have this figure.
        group: path of the peer group; its first attribute may have a word of its own.
    """
    said_en = one.en.format(value=figure(value, one.unit)).rstrip(". ")
    said_zh = one.zh.format(value=figure(value, one.unit)).rstrip("。 ")
    place_en = ordinal(rank) + (f" (shared by {shared:,})" if shared > 1 else "")
    place_zh = f"并列第 {rank:,}（共 {shared:,} 个）" if shared > 1 else f"排第 {rank:,}"
    en = (
        f"{said_en}: {place_en} of {peers:,} comparable {peers_word(one, group, 'en')} with this figure, "
        f"median {figure(median, one.unit)}"
    )
    zh = (
        f"{said_zh}：在 {peers:,} 个有该项数据的可比{peers_word(one, group, 'zh')}中{place_zh}，"
        f"中位数 {figure(median, one.unit)}"
    )
    return en, zh


def peers_word(one: Feature, group: str, language: str) -> str:
    """What the members of a group are called: pharmacies, insured persons."""
    words = decided().words[language]
    kind = [*group.split(SEPARATOR), ""][1]
    return words.get(kind, words[one.entity])


def ordinal(rank: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    teens = rank % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending}"


def figure(value: float, unit: str) -> str:
    """A value as it is read: shares in per cent, fen in yuan, others with at most two decimals."""
    if unit == "share":
        return f"{value * 100:.1f}".removesuffix(".0") + "%"
    if unit.split(" ")[0] == "fen":
        return f"¥{value / 100:,.2f}"
    return f"{value:,.2f}".rstrip("0").rstrip(".")
