"""The small city as frames, and a way to run variants of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.cities import Frames, Ran, frames, run_in, write


@pytest.fixture(scope="session")
def city(small_city: Path) -> Frames:
    return frames(small_city)


@pytest.fixture(scope="session")
def ran(finished: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    """Writes a city down and runs it in a workspace of its own that masks like the finished one."""

    def run_variant(tables: Frames, encoding: str = "") -> Path:
        folder = tmp_path_factory.mktemp("variant")
        run_in(folder / "ws", write(tables, folder / "data", encoding), like=finished)
        return folder / "ws"

    return run_variant
