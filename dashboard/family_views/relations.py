"""The people of an account, and what is to be checked about their relations: beside it, what may explain it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

import streamlit as st
from markupsafe import Markup

from dashboard.markup import (
    amount,
    bold,
    bullets,
    chip,
    element,
    join,
    paragraph,
    render,
    section,
    styled,
    table,
)
from dashboard.subjects import subject_link
from dashboard.wording import figures, label, t
from detection.families.conflicts import MANY, Conflict
from detection.store.queries.family import Family, Relative

MARK = "▲"
_MOST_ROWS, _HEIGHT = 12, 420
_COLUMNS = ("person", "relation", "age", "check", "insured", "payments", "amount")
_RIGHT = ("age", "payments", "amount")


def draw_relatives(family: Family) -> None:
    """A row for each person; a column that nobody has a value for is left out."""
    owner = "" if family.age is None else t("family.payer", age=family.age)
    section(t("family.relatives"), owner)
    known = {
        "relation": any(relative.relations for relative in family.relatives),
        "age": any(relative.age is not None for relative in family.relatives),
        "check": bool(family.conflicts),
    }
    columns = [name for name in _COLUMNS if known.get(name, True)]
    rows = [[_cell(family, relative, name) for name in columns] for relative in family.relatives]
    right = [index for index, name in enumerate(columns) if name in _RIGHT]
    with st.container(height=_HEIGHT if len(rows) > _MOST_ROWS else "content", border=False):
        table([t(f"family.column.{name}") for name in columns], rows, numeric=right)


def _cell(family: Family, relative: Relative, name: str) -> str:
    match name:
        case "person":
            return subject_link("person", relative.beneficiary)
        case "relation":
            return relation_text(relative)
        case "age":
            return "" if relative.age is None else str(relative.age)
        case "check":
            about = [each for each in family.conflicts if relative.beneficiary in each.people]
            return join(_chip(conflict) for conflict in about)
        case "insured":
            return t("family.here") if relative.insured_here else styled(t("family.elsewhere"), "muted")
        case "payments":
            return figures().count(relative.payments)
        case _:
            return amount(relative.amount)


def relation_text(relative: Relative) -> str:
    """What somebody is to the owner."""
    relations = relative.relations or ("none",)
    return t("separator").join(label("relation", relation) for relation in relations)


def _chip(conflict: Conflict) -> Markup:
    """A conflict in a few words after the mark; one that several people share is less loud."""
    barely = ".barely" if conflict.barely else ""
    people = len(conflict.people)
    text = t(
        f"conflict.{conflict.kind}{barely}",
        years=conflict.years or 0,
        relation=label("relation", conflict.relation),
        n=people,
    )
    return chip(f"{MARK} {text}", "fw-attention" if people == 1 else "")


def draw_conflicts(family: Family) -> None:
    """What is to be checked, what may explain it, and what could not be compared."""
    section(t("conflict.title"), t("conflict.note") if family.conflicts else "")
    if family.conflicts:
        bullets(_sentences(family.conflicts))
        render(element("div", t("conflict.rivals"), "fw-muted"))
        bullets(t(f"conflict.rival.{name}") for name in _rivals(family.conflicts))
        st.caption(t("conflict.next"))
    elif family.reading != "none":
        paragraph(t("conflict.nothing"))
    for note in _not_compared(family):
        st.caption(note)


def _sentences(conflicts: Iterable[Conflict]) -> Iterator[str]:
    """One sentence for each kind and relation."""
    people: Counter[tuple[str, str]] = Counter()
    limits: dict[tuple[str, str], int] = {}
    for conflict in conflicts:
        key = conflict.kind, conflict.relation
        people[key] += len(conflict.people)
        limits[key] = conflict.limit or 0
    for (kind, relation), n in people.items():
        text = t(
            f"conflict.all.{kind}",
            n=figures().count(n),
            relation=label("relation", relation),
            limit=limits[kind, relation],
        )
        yield bold(text) if kind == MANY else text


def _rivals(conflicts: Iterable[Conflict]) -> list[str]:
    return list(dict.fromkeys(name for conflict in conflicts for name in conflict.rivals))


def _not_compared(family: Family) -> Iterator[str]:
    if family.reading == "none":
        yield t("conflict.unreadable")
        return
    if family.reading == "owner":
        yield t("conflict.turned")
    unknown = sum(
        family.age is None or relative.age is None or not relative.relations for relative in family.relatives
    )
    if unknown:
        yield t("conflict.unknown", n=figures().count(unknown))
