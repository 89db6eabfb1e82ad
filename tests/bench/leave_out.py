"""What would be chosen with one author left out, and what it is worth on that author.

Reads the cities that `worlds.py` kept, runs nothing again, and prints three tables: the values that the other authors'
cities suggest, what they change on the author left out, and how much the order of subjects depends on each value.

    python tests/bench/leave_out.py --results bench/worlds
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))  # a script: what it uses lies in tests/support

from support.reweighting.choice import chosen
from support.reweighting.city import KINDS, StoredCity, authors, read_cities
from support.reweighting.weights import FIXED, Weights

from detection.evaluation.proportion import Proportion

SENSITIVITY = {
    "max only": Weights(further=0.0),
    "further 0.25": Weights(further=0.25),
    "further 0.5 (in use)": FIXED,
    "further 0.75": Weights(further=0.75),
    "further 1": Weights(further=1.0),
    "2 kinds at most": Weights(kinds=2),
    "3 kinds at most": Weights(kinds=3),
    "risk at most 6": Weights(most=6.0),
    "risk at most 8": Weights(most=8.0),
    "risk at most 10": Weights(most=10.0),
    "involved 0": Weights(involved=0.0),
    "involved 0.05": Weights(involved=0.05),
    "involved 0.2": Weights(involved=0.2),
    "involved 0.3": Weights(involved=0.3),
}


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--results", type=Path, default=Path("bench/worlds"))
    cities = read_cities(parser.parse_args().results)
    names = authors(cities)
    if len(names) < 3:
        sys.exit(f"cities of three authors are needed; there are: {', '.join(names) or 'none'}")
    for by_family in (False, True):
        print(
            "\nWeights of families chosen, too:\n"
            if by_family
            else "Values of the fusion and lines chosen:\n"
        )
        better = print_left_out(cities, names, by_family=by_family)
        print(f"\nThe chosen values rank better on {better} of {len(names)} authors left out.")
    print_sensitivity(cities, names)


def print_left_out(cities: Sequence[StoredCity], names: Sequence[str], *, by_family: bool) -> int:
    """One row per author left out; on how many of them the chosen values rank better."""
    heads = (
        "author left out",
        "cities",
        "chosen on the others",
        *KINDS,
        "alerts right",
        "instances detected",
    )
    print(f"| {' | '.join(heads)} |\n{'|---' * len(heads)}|")
    better = 0
    for author in names:
        weights = chosen([city for city in cities if city.author != author], by_family=by_family)
        own = [city for city in cities if city.author == author]
        cells = [f"{_mean(own, kind, FIXED):.3f} → {_mean(own, kind, weights):.3f}" for kind in KINDS]
        right = [sum((city.right(each) for city in own), Proportion(0, 0)) for each in (FIXED, weights)]
        detected = [sum((city.detected(each) for city in own), Proportion(0, 0)) for each in (FIXED, weights)]
        cells += [f"{before} → {after}" for before, after in (right, detected)]
        print(f"| {author} | {len(own)} | {weights} | {' | '.join(cells)} |")
        better += int(
            np.mean([city.mean_precision(weights) - city.mean_precision(FIXED) for city in own]) > 0
        )
    return better


def print_sensitivity(cities: Sequence[StoredCity], names: Sequence[str]) -> None:
    """Average precision of each author's cities under other values, everything else as it is."""
    columns = [(author, kind) for author in names for kind in KINDS]
    print(f"\n| values | {' | '.join(f'{author}, {kind}' for author, kind in columns)} |")
    print(f"|---{'|---' * len(columns)}|")
    for name, weights in SENSITIVITY.items():
        own = {author: [city for city in cities if city.author == author] for author in names}
        cells = [f"{_mean(own[author], kind, weights):.3f}" for author, kind in columns]
        print(f"| {name} | {' | '.join(cells)} |")


def _mean(cities: Sequence[StoredCity], kind: str, weights: Weights) -> float:
    return float(np.nanmean([city.rankings[kind].average_precision(weights) for city in cities]))


if __name__ == "__main__":
    main()
