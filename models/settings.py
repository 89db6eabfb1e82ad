"""Settings of the models, from ``peers.toml``: dated values, peer hierarchies, and texts about peers.

A model is fitted once and then kept. It takes the latest value of each name; the values are logged with every scoring.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from features.dated import Settings, TomlModel, problems, read_toml
from features.errors import CardError

FILE = Path(__file__).with_name("peers.toml")


class Values(TomlModel):
    """The latest values of the file, which gives the unit, source and status of each."""

    least_peers: int
    least_population: int
    least_scale: float
    least_members: int
    points_per_decade: int
    trees: int
    tree_sample: int
    members_per_centroid: int
    most_centroids: int
    centroid_sample: int
    neighbours: int

    def logged(self) -> dict[str, int | float]:
        """The values by name, as a run logs them."""
        return self.model_dump()


class Sentence(TomlModel):
    """Templates of a reason in one language.

    Attributes:
        reason: the sentence.
        everybody: the same where the peers are too few, and all entities are compared.
        rank: a rank that the entity has alone.
        shared: a rank that it shares.
    """

    reason: str
    everybody: str
    rank: str
    shared: str


@dataclass(frozen=True)
class ModelSettings:
    """The file's content.

    Attributes:
        values: the latest value of each name.
        hierarchy: attribute columns that make peer groups, broadest first, by entity.
        nouns: language → entity or provider kind → what peers are called.
        sentences: templates of a reason by language.
    """

    values: Values
    hierarchy: dict[str, list[str]]
    nouns: dict[str, dict[str, str]]
    sentences: dict[str, Sentence]


class Texts(TomlModel):
    """The tables of the file that are not dated."""

    hierarchy: dict[str, list[str]]
    words: dict[str, dict[str, str]]
    sentence: dict[str, Sentence]


@cache
def model_settings() -> ModelSettings:
    """The settings in force.

    Raises:
        CardError: with every problem of the file.
    """
    dated = {name: values[-1].value for name, values in Settings(FILE).values.items()}
    content = read_toml(FILE, CardError)
    texts = {name: table for name, table in content.items() if name != "value"}
    if wrong := [*problems(Values, dated), *problems(Texts, texts)]:
        raise CardError("The settings file cannot be used.", where=FILE.name, problems=wrong)
    checked = Texts.model_validate(texts)
    return ModelSettings(Values.model_validate(dated), checked.hierarchy, checked.words, checked.sentence)
