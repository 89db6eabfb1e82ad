"""Money that cases have upheld: what of it came in, what is outstanding, and what is overdue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from sqlalchemy import func, select

from detection.cases.limits import limits
from detection.cases.money import FUNDS, RECOVERY_KINDS, STAGES, Fund, MoneyStage, RecoveryKind
from detection.store.casework.keys import PacketKey
from detection.store.casework.tables import CaseFile, MoneyEntry
from detection.store.queries.reader import Reader

_DAY = 10


@dataclass(frozen=True)
class Recovery:
    """The ledger of one case for one kind of money and one fund, in fen.

    Attributes:
        subject, pseudonym: whom the case is about; an institution by name.
        amounts: by stage.
        due: last day (ISO) for what is upheld; empty where nothing of this kind and fund was upheld.
        overdue: whether that day is over, and something is outstanding.
    """

    case_id: str
    state: str
    packet_kind: str
    subject: str
    pseudonym: str
    kind: RecoveryKind
    fund: Fund
    amounts: Mapping[MoneyStage, int]
    due: str
    overdue: bool

    @property
    def outstanding(self) -> int:
        """Upheld and not received; below zero where too much came in."""
        return self.amounts["upheld"] - self.amounts["received"]


@dataclass(frozen=True)
class RecoverySum:
    """Sums of a list by kind and fund, in fen."""

    kind: RecoveryKind
    fund: Fund
    amounts: Mapping[MoneyStage, int]
    overdue: int

    @property
    def outstanding(self) -> int:
        """Upheld and not received."""
        return self.amounts["upheld"] - self.amounts["received"]


def recoveries(reader: Reader, today: dt.date, *, outstanding: bool = False) -> list[Recovery]:
    """Every kind of money and fund of the cases in which money was upheld; what is overdue first, then by day.

    Args:
        reader: of the store.
        today: on which it is overdue or not.
        outstanding: only rows of which something is outstanding.
    """
    entry, file = MoneyEntry, CaseFile
    query = (
        select(
            file.case_id, file.state, file.queue, file.packet_kind, file.packet_subject,
            entry.kind, entry.fund, entry.stage, func.sum(entry.amount).label("amount"),
            func.min(entry.day).label("day"),
        )
        .join(entry, entry.case_id == file.case_id)
        .where(file.kind == "case")
        .group_by(
            file.case_id, file.state, file.queue, file.packet_kind, file.packet_subject,
            entry.kind, entry.fund, entry.stage,
        )
    )  # fmt: skip
    ledgers: dict[tuple[str, RecoveryKind, Fund], dict[MoneyStage, int]] = {}
    days: dict[tuple[str, RecoveryKind, Fund], str] = {}
    files: dict[str, tuple[str, PacketKey]] = {}
    for row in reader.session.execute(query):
        key = (row.case_id, cast("RecoveryKind", row.kind), cast("Fund", row.fund))
        ledgers.setdefault(key, dict.fromkeys(STAGES, 0))[cast("MoneyStage", row.stage)] = int(row.amount)
        if row.stage == "upheld":
            days[key] = row.day
            files[row.case_id] = row.state, PacketKey(row.queue, row.packet_kind, row.packet_subject)
    rows = [
        _recovery(reader, key, files[key[0]], amounts, days.get(key, ""), today)
        for key, amounts in ledgers.items()
        if key[0] in files and any(amounts.values())
    ]
    chosen = [row for row in rows if row.outstanding or not outstanding]
    return sorted(chosen, key=lambda row: (not row.overdue, row.due or "~", row.case_id, row.kind, row.fund))


def recovery_sums(rows: Iterable[Recovery]) -> list[RecoverySum]:
    """Sums of a list by kind and fund; no two kinds and no two funds are added up."""
    listed: Sequence[Recovery] = list(rows)
    sums = []
    for kind in RECOVERY_KINDS:
        for fund in FUNDS:
            own = [row for row in listed if (row.kind, row.fund) == (kind, fund)]
            if own:
                amounts = {stage: sum(row.amounts[stage] for row in own) for stage in STAGES}
                overdue = sum(row.outstanding for row in own if row.overdue)
                sums.append(RecoverySum(kind, fund, amounts, overdue))
    return sums


def _recovery(
    reader: Reader,
    key: tuple[str, RecoveryKind, Fund],
    file: tuple[str, PacketKey],
    amounts: Mapping[MoneyStage, int],
    since: str,
    today: dt.date,
) -> Recovery:
    (case_id, kind, fund), (state, packet) = key, file
    due = ""
    if since:
        last = dt.date.fromisoformat(since[:_DAY]) + dt.timedelta(days=limits().payment_days)
        due = last.isoformat()
    late = bool(due) and due < today.isoformat() and amounts["upheld"] > amounts["received"]
    return Recovery(
        case_id=case_id,
        state=state,
        packet_kind=packet.kind,
        subject=reader.name(packet.kind, packet.subject),
        pseudonym=reader.identity(packet.kind, packet.subject),
        kind=kind,
        fund=fund,
        amounts=amounts,
        due=due,
        overdue=late,
    )
