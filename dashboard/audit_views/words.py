"""Entries of the audit log in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from markupsafe import Markup

from dashboard.markup import join, styled
from dashboard.navigation import link
from dashboard.wording import figures, label, language, localized, t, time_text
from detection.audit.entry import REFUSAL, Entry, values_of
from detection.cases.codes import VERDICTS
from detection.language.messages import case_label

_PSEUDONYM = re.compile(r"[A-Z]-[A-Z2-7]{13}")
_HIDDEN = ("event", "lead", "reveal", "export", "events_after", "what", "until")
"""Numbers of rows, and what other columns say."""
_STATES = ("case_state", "suppression_state", "audit_state")
"""Groups of the names of states."""


def action_text(action: str) -> str:
    """What was done; an act on an alert has the name that its page has."""
    named = label("log_action", action)
    if named == action:
        named = label("action", action)
    return case_label("move", action, language()) if named == action else named


def pseudonyms_in(entries: Iterable[Entry]) -> list[str]:
    """The pseudonyms that entries are about."""
    return sorted({name for entry in entries for name in _PSEUDONYM.findall(entry.object)})


def object_markup(entry: Entry, current: Mapping[str, str]) -> Markup:
    """What it was done to; an alert leads to its page, a pseudonym of a former key stands with the one of now."""
    kind, _, name = entry.object.partition(":")
    now = [current[each] for each in _PSEUDONYM.findall(name) if each in current]
    about = _object_markup(kind, name)
    return join([about, *(styled(t("audit.now", name=each), "muted") for each in now)], " ")


def _object_markup(kind: str, name: str) -> Markup:
    if kind == "alert" and name.startswith("A-"):
        return link(name, "alert", css="fw-mono", id=name)
    text = label("disclosed", name.removeprefix("export ")) if kind == "list" else name
    return (
        join([label("log_object", kind), styled(text, "mono")], " ")
        if name
        else Markup.escape(label("log_object", kind))
    )


def change_text(entry: Entry) -> str:
    """What it was and became; hashes and numbers of rows are left out."""
    try:
        before, after = values_of(entry.before), values_of(entry.after)
    except (TypeError, ValueError):
        return t("audit.unreadable")
    if set(before) == {"status"}:
        change = f"{label('status', before['status'])} → {label('status', after.get('status'))}"
        verdict = case_label(VERDICTS, str(after.get("code") or ""), language())
        return t("separator").join(part for part in (change, verdict) if part)
    if entry.action == REFUSAL:
        return t(
            "audit.refused",
            action=action_text(str(after.get("requested", ""))),
            why=localized(after, "because"),
        )
    return t("separator").join(_values(after))


def _values(values: Mapping[str, str | int | bool | None]) -> list[str]:
    return [
        label("log_value", name) if value is True else f"{label('log_value', name)} {_value(name, value)}"
        for name, value in values.items()
        if value not in (None, "", 0, False) and name not in _HIDDEN and not name.endswith("hash")
    ]


def _value(name: str, value: str | int | bool | None) -> str:
    if isinstance(value, int):
        return figures().count(value)
    if name == "way":
        return label("log_way", value)
    if name == "match":
        return case_label("lead_match", str(value), language())
    if name == "state":
        return _state(str(value))
    if name == "result":
        return case_label("audit", str(value), language())
    return label("role", value) if name == "role" else str(value)


def _state(state: str) -> str:
    """The name of a state of a case, a suppression or a random audit."""
    names = (case_label(group, state, language()) for group in _STATES)
    return next((name for name in names if name != state), state)


def time_of(entry: Entry) -> str:
    """When it was; as it is stored where that is no time."""
    try:
        return time_text(entry.at) if entry.at else "–"
    except ValueError:
        return entry.at
