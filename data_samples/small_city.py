"""The small city that is kept in the repository: `python -m data_samples.small_city` writes it anew."""

from __future__ import annotations

from pathlib import Path

from data_samples.city import simulate

FOLDER = Path(__file__).with_name("small_city")
"""Where it lies: a data set of the contract with its truth."""


def write(folder: Path = FOLDER) -> None:
    """Simulates the small city: 1,500 people, 12 months, seed 1."""
    simulate(folder, persons=1_500, months=12, seed=1, area="320600")


if __name__ == "__main__":
    write()
