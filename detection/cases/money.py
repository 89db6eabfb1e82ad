"""The ledger of a case: claimed, confirmed, upheld, received; by kind and fund; entries are signed and only added."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from features.errors import UsageError
from features.message import Code, Message

MoneyStage = Literal["claimed", "confirmed", "upheld", "received"]
"""What alerts claim, what the investigation confirmed, what stands after appeals, and what came in."""
RecoveryKind = Literal["refused", "self_returned", "recovered", "agreement_damages", "fine"]
"""Payment refused, returned by the party itself, recovered, damages under the agreement, and fines."""
Fund = Literal["pool", "account", "treasury"]
"""Whose money it is: each returns to its own, and a fine goes to the treasury (Art. 45)."""
STAGES: tuple[MoneyStage, ...] = get_args(MoneyStage)
RECOVERY_KINDS: tuple[RecoveryKind, ...] = get_args(RecoveryKind)
FUNDS: tuple[Fund, ...] = get_args(Fund)

_YUAN = re.compile(r"-?\d{1,13}(\.\d{1,2})?", re.ASCII)
_ON_TOP: tuple[RecoveryKind, ...] = ("agreement_damages", "fine")
"""Kinds that no alert claims: they begin with what is upheld."""

_STATES: Mapping[MoneyStage, tuple[str, ...]] = {
    "claimed": ("opening_proposed", "open", "investigating"),
    "confirmed": ("investigating", "findings_drafted", "findings_reviewed", "party_informed"),
    "upheld": ("disposed", "recovering"),
    "received": ("investigating", "party_informed", "disposed", "recovering"),
}
"""States of a case in which an entry of a stage may be made."""

_TAKEN_BACK: Mapping[MoneyStage, tuple[str, ...]] = {"upheld": ("investigating", "party_informed")}
"""Further states in which an entry below zero may be made: after an appeal."""

_WITH_MONEY = ("refuse_payment", "return_of_funds")
"""Dispositions after which money is upheld."""


@dataclass(frozen=True)
class Entry:
    """An entry of the ledger; ``amount`` is fen, below zero where it takes back."""

    kind: RecoveryKind
    fund: Fund
    stage: MoneyStage
    amount: int


Sums = Mapping[tuple[RecoveryKind, Fund, MoneyStage], int]
"""Fen by kind, fund and stage."""


def fen(yuan: str) -> int:
    """An amount that a person wrote in yuan, as fen.

    Raises:
        UsageError: it is no amount, or has parts of a fen.
    """
    if not _YUAN.fullmatch(yuan.strip()):
        raise UsageError(
            "An amount is written in yuan with two decimals at most.", next_step="write it as 1234.56"
        )
    return int(Decimal(yuan.strip()).scaleb(2))


def sums(entries: Iterable[Entry]) -> Sums:
    """The sums of a ledger."""
    added: dict[tuple[RecoveryKind, Fund, MoneyStage], int] = {}
    for entry in entries:
        key = (entry.kind, entry.fund, entry.stage)
        added[key] = added.get(key, 0) + entry.amount
    return added


def unsettled(entries: Iterable[Entry]) -> int:
    """Fen by which upheld and received differ, of all kinds and funds, none set off against another."""
    total = sums(entries)
    return sum(
        abs(total.get((kind, fund, "upheld"), 0) - total.get((kind, fund, "received"), 0))
        for kind in RECOVERY_KINDS
        for fund in FUNDS
    )


def lacks_upheld(entries: Iterable[Entry], disposition: str) -> bool:
    """Whether a disposition asks for money, and nothing was ever entered as upheld."""
    return disposition in _WITH_MONEY and not any(entry.stage == "upheld" for entry in entries)


def problems(entries: Iterable[Entry], entry: Entry, state: str, role: str) -> tuple[Message, ...]:
    """Everything that speaks against a further entry by somebody of a role in a state of the case."""
    total = sums([*entries, entry])
    amounts = {stage: total.get((entry.kind, entry.fund, stage), 0) for stage in STAGES}
    against = []
    states = _STATES[entry.stage] + (_TAKEN_BACK.get(entry.stage, ()) if entry.amount < 0 else ())
    if state not in states:
        names = [Code("case_state", name) for name in states]
        stage = Code("stage", entry.stage)
        against.append(Message("{stage} is entered in these states: {names}.", stage=stage, names=names))
    if not entry.amount:
        against.append(Message("An entry has an amount."))
    if entry.stage == "upheld" and entry.amount < 0 and role != "supervisor":
        against.append(Message("What is upheld is taken back by a supervisor."))
    if entry.kind in _ON_TOP and entry.stage in ("claimed", "confirmed"):
        against.append(Message("{kind} begins with what is upheld.", kind=Code("money", entry.kind)))
    if (entry.kind == "fine") is not (entry.fund == "treasury"):
        against.append(Message("A fine goes to the treasury, and nothing else does."))
    if min(amounts.values()) < 0:
        against.append(Message("No stage falls below zero."))
    against += [
        Message("{later} would exceed {earlier}.", later=Code("stage", later), earlier=Code("stage", earlier))
        for earlier, later in _ceilings(entry.kind)
        if entry.amount > 0 and amounts[later] > amounts[earlier]
    ]
    return tuple(against)


def _ceilings(kind: RecoveryKind) -> tuple[tuple[MoneyStage, MoneyStage], ...]:
    """Which stage may not exceed which. What alerts claim is no ceiling: an investigation may confirm more."""
    if kind in _ON_TOP:
        return (("upheld", "received"),)
    if kind == "self_returned":  # may come in before anybody has confirmed it
        return (("confirmed", "upheld"),)
    return (("confirmed", "upheld"), ("upheld", "received"))
