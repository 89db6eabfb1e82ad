"""Cities of all authors whose scenes have strengths and hide, each simulated once for all tests of this folder."""

from __future__ import annotations

import pytest
from support.planted_cities import PlantedCity, planted_city

from data_samples.plays import Author

AUTHORS: tuple[Author, ...] = ("third", "fourth", "fifth", "sixth", "seventh")
SLOW = pytest.mark.slow
OF_A_STRENGTH = [
    pytest.param((author, strength), marks=() if strength == 2 else SLOW, id=f"{author}-{strength}")
    for author in AUTHORS
    for strength in (1, 2, 3)
]
EACH = [
    pytest.param((author, strength), id=f"{author}-{strength}") for author in AUTHORS for strength in range(4)
]


@pytest.fixture(scope="session", params=OF_A_STRENGTH)
def author_city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PlantedCity:
    """A city in which every scene of an author plays at one strength."""
    return planted_city(tmp_path_factory, *request.param)


@pytest.fixture(scope="session", params=EACH)
def each_city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PlantedCity:
    """Those cities, and a mixed one of the other area, where chronic programmes go on."""
    return planted_city(tmp_path_factory, *request.param)


@pytest.fixture(scope="session", params=AUTHORS)
def each_strength(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[int, PlantedCity]:
    """An author's cities by the strength at which every scene plays."""
    return {strength: planted_city(tmp_path_factory, request.param, strength) for strength in (1, 2, 3)}
