"""Start a rule or a feature from a template: ``make new-rule`` and ``make new-feature`` (CONTRIBUTING.md)."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

TEMPLATES = Path(__file__).parent
ROOT = TEMPLATES.parents[1]
VIEWS = {"person": "person_totals", "provider": "provider_totals", "payer_account": "payer_totals"}
THEMES = ("visits", "collusion", "family", "account")


class ScaffoldError(Exception):
    """What was requested cannot be started; the message says why and what to do."""


def new_rule(root: Path, name: str, family: str) -> list[Path]:
    """Write the pair of a rule under ``detection/rules/<family>/``.

    Args:
        root: the project's folder.
        name: the typology, in snake_case; ``<typology>__<variant>`` where the typology has a card already.
        family: one of the folders in ``detection/rules``.

    Raises:
        ScaffoldError: the name is no identifier or is taken, or there is no such family.
    """
    folder = root / "detection" / "rules" / family
    families = sorted(path.name for path in folder.parent.glob("*/") if (path / "__init__.py").exists())
    if family not in families:
        raise ScaffoldError(f"There is no family {family!r}. Choose one of: {', '.join(families)}.")
    _refuse_bad_name(name)
    if taken := sorted(folder.parent.glob(f"*/{name}.toml")):
        raise ScaffoldError(
            f"{taken[0].relative_to(root)} exists. Choose another name, or {name}__<variant>."
        )
    written = []
    for suffix in (".py", ".toml"):
        text = (TEMPLATES / f"rule{suffix}.txt").read_text(encoding="utf-8")
        if suffix == ".toml":
            text = text.format(name=name, family=family)
        written.append(_write(folder / f"{name}{suffix}", text))
    return written


def new_feature(root: Path, name: str, theme: str, entity: str) -> list[Path]:
    """Write a feature's module under ``features/<theme>/`` and append its slow reference.

    Args:
        root: the project's folder.
        name: of the feature and its module, in snake_case.
        theme: ``visits``, ``collusion``, ``family`` or ``account``.
        entity: ``person``, ``provider`` or ``payer_account``.

    Raises:
        ScaffoldError: the name is no identifier or is taken, or theme or entity is unknown.
    """
    if theme not in THEMES or entity not in VIEWS:
        raise ScaffoldError(f"THEME is one of {', '.join(THEMES)}; ENTITY is one of {', '.join(VIEWS)}.")
    _refuse_bad_name(name)
    module = root / "features" / theme / f"{name}.py"
    if module.exists():
        raise ScaffoldError(f"{module.relative_to(root)} exists. Choose another name.")
    fields = {"name": name, "entity": entity, "view": VIEWS[entity]}
    text = (TEMPLATES / "feature.py.txt").read_text(encoding="utf-8")
    _write(module, text.format(**fields))
    reference = root / "tests" / "reference" / f"{_reference_of(theme, entity)}_reference.py"
    addition = (TEMPLATES / "reference.py.txt").read_text(encoding="utf-8").format(**fields)
    reference.write_text(
        reference.read_text(encoding="utf-8").rstrip("\n") + "\n" + addition, encoding="utf-8"
    )
    return [module, reference]


def _reference_of(theme: str, entity: str) -> str:
    if theme == "account":
        return "account"
    return "family" if entity == "payer_account" else entity


def _refuse_bad_name(name: str) -> None:
    if not re.fullmatch(r"[a-z][a-z0-9]*(_{1,2}[a-z0-9]+)*", name):
        raise ScaffoldError(f"NAME={name!r} is not snake_case, such as zero_amount_settlement.")


def _write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def main(arguments: Sequence[str] | None = None) -> None:
    """Run from the command line; prints the files that were written and the next step."""
    parser = argparse.ArgumentParser(description=__doc__)
    kinds = parser.add_subparsers(dest="kind", required=True)
    rule = kinds.add_parser("rule", help="a pair of files in detection/rules/<family>/")
    rule.add_argument("name")
    rule.add_argument("family")
    feature = kinds.add_parser("feature", help="a module in features/<theme>/ and its slow reference")
    feature.add_argument("name")
    feature.add_argument("theme")
    feature.add_argument("entity")
    given = parser.parse_args(arguments)
    try:
        if given.kind == "rule":
            written = new_rule(ROOT, given.name, given.family)
        else:
            written = new_feature(ROOT, given.name, given.theme, given.entity)
    except ScaffoldError as problem:
        parser.error(str(problem))
    for path in written:
        print(path.relative_to(ROOT))
    print("Next: replace every placeholder, then run make golden test-fast")


if __name__ == "__main__":
    main()
