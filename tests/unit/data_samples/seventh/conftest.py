"""Cities of the seventh author, each simulated once for all tests of this folder."""

from __future__ import annotations

import pytest
from support.planted_cities import PlantedCity, planted_city

SLOW = pytest.mark.slow


@pytest.fixture(scope="session", params=[pytest.param(1, marks=SLOW), 2, pytest.param(3, marks=SLOW)])
def seventh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PlantedCity:
    """A city in which every scene plays at one strength."""
    return planted_city(tmp_path_factory, "seventh", request.param)
