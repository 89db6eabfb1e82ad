"""Write golden files again: ``make golden`` for all, ``python tests/golden/write.py NAME ...`` for some."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))  # a script: its builders lie in tests/support


def main() -> None:
    """Write the files, and name those that changed."""
    from support.golden import GOLDEN_FILES

    parser = argparse.ArgumentParser(description=__doc__)
    names = sorted(path.stem for path in GOLDEN_FILES)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(names)}; all by default")
    given = parser.parse_args().names
    if unknown := sorted(set(given) - set(names)):
        parser.error(f"no golden file is called {', '.join(unknown)}; there are {', '.join(names)}")
    for path, content in GOLDEN_FILES.items():
        if given and path.stem not in given:
            continue
        before = path.read_text(encoding="utf-8") if path.exists() else ""
        now = content()
        path.write_text(now, encoding="utf-8")
        print(f"{'changed' if now != before else 'same'}: {path.name}")


if __name__ == "__main__":
    main()
