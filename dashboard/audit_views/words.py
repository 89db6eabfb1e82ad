"""Entries of the audit log in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from dashboard.audit_views.numbers import case_kind
from dashboard.audit_views.values import change_values, code_text
from dashboard.markup import join, styled
from dashboard.navigation import link
from dashboard.wording import label, language, localized, t, time_text
from detection.audit.entry import REFUSAL, Entry, values_of
from detection.cases.life_cycle import Kind, life_cycle
from detection.language.messages import case_label

_OF_PACKETS = ("case", "packet")
"""Kinds of objects whose names are numbers of leads and cases, or packets."""
_BETWEEN = ", "
"""Between several of them in one entry."""
_PSEUDONYM = re.compile(r"[A-Z]-[A-Z2-7]{13}")
_OF_CASES = ("case", "packet", "task", "file")
"""Kinds of objects that acts of leads and cases are about."""
_CASEWORK: tuple[Kind, ...] = ("lead", "case")


def action_text(action: str, about: str = "") -> str:
    """What was done, as the page calls it that it was done on.

    Args:
        action: as the log has it.
        about: object of the entry; empty for whatever it was, then an act that alerts and cases call differently has
            both names.
    """
    named = label("log_action", action)
    if named != action:
        return named
    of_alerts, of_cases = label("action", action), case_label("move", action, language())
    in_case = any(action in life_cycle(kind).move for kind in _CASEWORK)
    if of_alerts in {action, of_cases} or (in_case and about.partition(":")[0] in _OF_CASES):
        return of_cases
    return t("audit.either", one=of_alerts, other=of_cases) if in_case and not about else of_alerts


def pseudonyms_in(entries: Iterable[Entry]) -> list[str]:
    """The pseudonyms that entries are about."""
    return sorted({name for entry in entries for name in _PSEUDONYM.findall(entry.object)})


def object_markup(entry: Entry, current: Mapping[str, str]) -> Markup:
    """What it was done to, with a link where it has a page; a pseudonym of a former key stands with that of now."""
    kind, _, name = entry.object.partition(":")
    now = [current[each] for each in _PSEUDONYM.findall(name) if each in current]
    about = _object_markup(kind, name)
    return join([about, *(styled(t("audit.now", name=each), "muted") for each in now)], " ")


def _object_markup(kind: str, name: str) -> Markup:
    if kind == "alert" and name.startswith("A-"):
        return link(name, "alert", css="fw-mono", id=name)
    if name and kind in _OF_PACKETS:
        return join([_casework(each) for each in name.split(_BETWEEN)], t("separator"))
    text = label("disclosed", name.removeprefix("export ")) if kind == "list" else name
    return (
        join([label("log_object", kind), styled(text, "mono")], " ")
        if name
        else Markup.escape(label("log_object", kind))
    )


def _casework(name: str) -> Markup:
    """A lead or a case by its number, a packet by its list and subject; each leads to its page."""
    if (kind := case_kind(name)) is not None:
        return join([label("log_object", kind), link(name, "case", css="fw-mono", id=name)], " ")
    queue, _, subject = name.partition(".")
    text = f"{case_label('packet_queue', queue, language())} {subject}".strip()
    return join([label("log_object", "packet"), link(text, "packet", css="fw-nowrap", id=name)], " ")


def change_text(entry: Entry) -> str:
    """What it was and became; hashes and numbers of rows are left out."""
    try:
        before, after = values_of(entry.before), values_of(entry.after)
    except (TypeError, ValueError):
        return t("audit.unreadable")
    if set(before) == {"status"}:
        change = f"{label('status', before['status'])} → {label('status', after.get('status'))}"
        verdict = code_text(entry.action, str(after.get("code") or ""))
        return t("separator").join(part for part in (change, verdict) if part)
    if entry.action == REFUSAL:
        return t(
            "audit.refused",
            action=action_text(str(after.get("requested", "")), entry.object),
            why=localized(after, "because"),
        )
    return t("separator").join(change_values(entry, after))


def time_of(entry: Entry) -> str:
    """When it was; as it is stored where that is no time."""
    try:
        return time_text(entry.at) if entry.at else "–"
    except ValueError:
        return entry.at
