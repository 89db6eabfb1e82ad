"""What entries of the audit log say of a change, key by key, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.audit_views.numbers import case_kind
from dashboard.query_cache import detector_label
from dashboard.wording import figures, label, language, t
from detection.audit.entry import Entry
from detection.cases.codes import codes
from detection.cases.life_cycle import KINDS, life_cycle
from detection.language.messages import case_label

Value = str | int | bool | None
HIDDEN = (
    "event", "lead", "reveal", "export", "events_after", "what", "until", "holding", "money", "sha256",
)  # fmt: skip
"""Numbers of rows, hashes, and what other columns say."""
_STATES = ("case_state", "lead_state", "suppression_state", "audit_state")
"""Groups of the names of states."""
_NAMED = {"match": "lead_match", "result": "audit", "kind": "money", "fund": "fund", "stage": "stage"}
"""Keys whose value is a code of casework, and its group of names."""
_LABELED = {"way": "log_way", "role": "role"}
_OF_MOVES = "code"
"""Key of the code of a move; in entries of runs, of the version of the program."""


def change_values(entry: Entry, after: Mapping[str, Value]) -> list[str]:
    """What became of something, a text for each key that says something.

    Args:
        entry: of the log.
        after: its values.
    """
    return [
        _text(entry.action, name, value)
        for name, value in after.items()
        if value not in (None, "", 0, False) and name not in HIDDEN and not name.endswith("hash")
    ]


def code_text(action: str, code: str) -> str:
    """The name of a code that a move has: a verdict, a track, a disposition, a reason to wait."""
    for kind in KINDS:
        move = life_cycle(kind).move.get(action)
        if move is not None and move.codes:
            named = case_label(codes().group(move.codes), code, language())
            if named != code:
                return named
    return code


def _text(action: str, name: str, value: Value) -> str:
    named = label("log_object", kind) if (kind := _kind(name, value)) else label("log_value", name)
    if value is True:
        return named
    if name == _OF_MOVES and (code := code_text(action, str(value))) != value:
        return code
    return f"{named} {_value(name, value)}"


def _kind(name: str, value: Value) -> str | None:
    """Whether the value of the key ``case`` is the number of a lead or of a case."""
    return case_kind(str(value)) if name == "case" else None


def _value(name: str, value: Value) -> str:
    if name in _WRITTEN:
        return _WRITTEN[name](value)
    if isinstance(value, int):
        return figures().count(value)
    if name in _NAMED:
        return case_label(_NAMED[name], str(value), language())
    return label(_LABELED[name], value) if name in _LABELED else str(value)


def _state(value: Value) -> str:
    """The name of a state of a lead, a case, a suppression or a random audit."""
    names = (case_label(group, str(value), language()) for group in _STATES)
    return next((name for name in names if name != value), str(value))


def _districts(value: Value) -> str:
    if value == "all":
        return t("users.all")
    return t("separator").join(label("district", code) for code in str(value).split(","))


_WRITTEN: Mapping[str, Callable[[Value], str]] = {
    "amount": lambda value: figures().yuan(int(value or 0)),
    "detector": lambda value: detector_label(str(value)),
    "districts": _districts,
    "due": lambda value: figures().day(str(value)),
    "state": _state,
}
