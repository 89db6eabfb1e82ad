"""Damage a small export again and again: what is damaged as a whole must be refused or said, with its place.

``PYTHONPATH=tests python tests/bench/damages.py --damages 100 --seed 1``. Of each three damages two are structural: a
table, a column or a file of a lawful export. Each has to end in an error or a sentence that names table and column, and
accuses nobody. The third changes one cell of an export with planted patterns: deterministic alerts may change only of
the settlement, person, account or institution that its row is about. Exit code 1 where any does not.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

from support.damages.bench import Bench
from support.damages.single import sampled_cell
from support.damages.structural import sampled

_SHARE = 3
"""One damage in so many is of a single cell."""


def main() -> int:
    """Damage, examine, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--damages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of the name of a kind, or cells")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        for number in range(given.damages):
            _damage(bench, number, random.Random(f"{given.seed} {number}"), given.only)
    for figures, columns in (
        (bench.structural, ("damages", "refused", "said", "silent", "with alerts")),
        (bench.cells, ("damages", "refused", "no alert changed", "own", "others'")),
    ):
        if figures.ended:
            print("\n".join(["", *figures.table(columns), *figures.wrong]))
    return 1 if bench.structural.wrong or bench.cells.wrong else 0


def _damage(bench: Bench, number: int, rng: random.Random, only: str) -> None:
    if number % _SHARE == _SHARE - 1:
        if only in "cells":
            bench.damage_cell(sampled_cell(bench.planted, rng))
        return
    damage = sampled(bench.lawful, rng, number - number // _SHARE)
    if only in damage.kind:
        bench.damage_whole(damage)


if __name__ == "__main__":
    sys.exit(main())
