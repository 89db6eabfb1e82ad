"""Why an entity is on the list, in figures that a reader can count again.

Every reason names a value, the peers' median and the entity's rank among the peers *in the data at hand*: the same
figures follow from the features and the ``peer_group`` of the run. The peers are those with whom the model compared
the value: where too few of the entity's own group have the value, the group above. A reason is strong when few peers
reach the value (the surprisal of the tail score).

The sentence of a reason: "41 visits per month: 1st of 214 comparable pharmacies with this figure, median 3". "With this
figure", because peers to whom a feature does not apply are not counted. The templates are in ``peers.toml``.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

import numpy as np

from features.figures import grouped_yuan, number, percent
from features.registry import Direction, Feature
from models.frozen import Numbers
from models.peers import ALL, SEPARATOR, log_scale
from models.settings import model_settings

MOST_REASONS = 3
"""Reasons of an entity that are shown at most, as the design has it."""


@dataclass(frozen=True)
class Reason:
    """A feature in which an entity stands out.

    Attributes:
        feature: its name.
        value: the entity's value, in the feature's unit.
        median: of the peers who have a value.
        rank: 1 is the most suspicious value; equals share the better rank, and the sentence gives their number.
        peers: how many have a value, the entity included.
        group: path of the group that was counted.
        en, zh: the sentence.
    """

    feature: str
    value: float
    median: float
    rank: int
    peers: int
    group: str
    en: str
    zh: str


def strongest(surprise: Numbers, clipped: Numbers) -> list[int]:
    """Columns of the features on the suspicious side of the peers' median, the most surprising first.

    Args:
        surprise: (F,) surprisal of one entity.
        clipped: (F,) its deviations.
    """
    order = np.argsort(-surprise, kind="stable")
    return [int(column) for column in order if clipped[column] > 0]


def reason(feature: Feature, value: float, peers: Numbers, group: str) -> Reason:
    """The reason that a value gives.

    Args:
        feature: its declaration.
        value: of the entity.
        peers: values of its peers, its own included; NaN is not applicable.
        group: path of the group of these peers.
    """
    known = peers[~np.isnan(peers)]
    median = float(np.median(known))
    of_peers = _suspiciousness(known, median, feature.direction)
    own = _suspiciousness(np.array([value]), median, feature.direction)
    rank, shared = 1 + int((of_peers > own).sum()), int((of_peers == own).sum())
    en, zh = _sentences(feature, value, median, rank, shared, len(known), group)
    return Reason(feature.name, value, median, rank, len(known), group, en, zh)


def _suspiciousness(values: Numbers, median: float, direction: Direction) -> Numbers:
    """More is more suspicious; where both sides are, the distance from the median."""
    if direction == "both":
        away: Numbers = np.abs(log_scale(values) - log_scale(np.array([median])))
        return away
    return values if direction == "high" else -values


def render_reason(reason: Reason, own_group: str) -> dict[str, object]:
    """A reason as the scores store it; ``group`` only where it is not the entity's own peer group."""
    stored = asdict(reason)
    if reason.group == own_group:
        del stored["group"]
    return stored


def as_json(content: object) -> str:
    """Stable JSON text for the columns of the scores; NaN is refused."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False)


def _sentences(
    feature: Feature, value: float, median: float, rank: int, shared: int, peers: int, group: str
) -> tuple[str, str]:
    """English and Chinese sentence of a reason.

    Args:
        feature: its template describes the value.
        value: of the entity.
        median: of the peers.
        rank: among the peers.
        shared: how many have this rank, the entity included.
        peers: how many have this figure.
        group: path of the peer group; its first attribute may have a noun of its own.
    """
    descriptions = {"en": feature.en, "zh": feature.zh}
    english, chinese = (
        _sentence(language, descriptions[language], feature, value, median, rank, shared, peers, group)
        for language in ("en", "zh")
    )
    return english, chinese


def _sentence(
    language: str,
    description: str,
    feature: Feature,
    value: float,
    median: float,
    rank: int,
    shared: int,
    peers: int,
    group: str,
) -> str:
    templates = model_settings().sentences[language]
    rank_template = templates.shared if shared > 1 else templates.rank
    template = templates.everybody if group == ALL else templates.reason
    return template.format(
        description=description.format(value=figure(value, feature.unit)).rstrip(".。 "),
        rank=rank_template.format(rank=rank, ordinal=ordinal(rank), shared=shared),
        peers=peers,
        noun=peer_noun(feature, group, language),
        median=figure(median, feature.unit),
    )


def peer_noun(feature: Feature, group: str, language: str) -> str:
    """What the members of a group are called: pharmacies, insured persons."""
    nouns = model_settings().nouns[language]
    kind = [*group.split(SEPARATOR), ""][1]
    return nouns.get(kind, nouns[feature.entity])


def ordinal(rank: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    teens = rank % 100 in (11, 12, 13)
    ending = "th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(rank % 10, "th")
    return f"{rank:,}{ending}"


def figure(value: float, unit: str) -> str:
    """A value in its unit: shares in per cent, fen in yuan, others with at most two decimals."""
    if unit == "share":
        return percent(value, 1)
    return f"¥{grouped_yuan(round(value))}" if unit.split(" ")[0] == "fen" else number(value)
