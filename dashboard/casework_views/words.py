"""Names of states, moves, roles and codes, and deadlines in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from dashboard.markup import chip, join, styled
from dashboard.wording import figures, language, t
from detection.cases.clocks import Deadline
from detection.language.messages import case_label


def word(group: str, code: str) -> str:
    """The name of a code (``case_state``, ``move``, ``role``) in the reader's language."""
    return case_label(group, code, language())


def words(group: str, codes: tuple[str, ...] | list[str]) -> str:
    """The names of several codes."""
    return t("separator").join(word(group, code) for code in codes)


def names_of(group: str, codes: Iterable[str]) -> Callable[[str], str]:
    """What a choice among codes calls them: their names, looked up once."""
    return {code: word(group, code) for code in codes}.__getitem__


def state_chip(kind: str, state: str) -> Markup:
    """A state of a lead or a case."""
    return chip(word(f"{kind}_state", state))


def deadline_text(deadline: Deadline | None) -> Markup:
    """The day on which a clock ends, and the working days left; a dash where none runs."""
    if deadline is None:
        return Markup("–")
    left = (
        t("case.overdue", n=figures().count(-deadline.left))
        if deadline.overdue
        else t("case.left", n=figures().count(deadline.left))
    )
    parts = [figures().day(deadline.day), styled(left, "over" if deadline.overdue else "muted")]
    if deadline.paused:
        parts.append(chip(t("case.paused")))
    if deadline.unknown_years:
        years = t("separator").join(str(year) for year in deadline.unknown_years)
        parts.append(styled(t("case.unknown_year", years=years), "muted"))
    return join(parts, " ")
