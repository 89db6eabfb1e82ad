"""The workspace of the acceptance hour: its people, and what the city's own tables say about its money."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import get_args

import polars as pl
from playwright.sync_api import Browser
from support.acceptance.desk import Desk
from support.signing_in import add_user

from detection.accounts.rights import Role
from detection.cases.life_cycle import Role as CaseRole
from detection.cases.moves import Actor
from detection.language.formats import formats
from detection.store.queries.alerts import Filters, Row, rows
from detection.store.queries.casework.packet import PacketPage, packet_page
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.evidence import evidence
from detection.store.queries.reader import Reader, open_reader

INSPECTOR_A, INSPECTOR_B, RECUSED = "chen", "dong", "fang"
REVIEWER, SUPERVISOR, DIRECTOR, AUDITOR, ELSEWHERE = "gao", "han", "jin", "kang", "liang"
ROLES = {
    INSPECTOR_A: Role.inspector,
    INSPECTOR_B: Role.inspector,
    RECUSED: Role.inspector,
    REVIEWER: Role.reviewer,
    SUPERVISOR: Role.supervisor,
    DIRECTOR: Role.director,
    AUDITOR: Role.auditor,
}
OTHER_DISTRICT = "320602"
_MOST = 1000


@dataclass
class Hour:
    """A workspace with users, its server, and the browsers of those who sit at it.

    Attributes:
        root: the workspace.
        city: the folder with its tables.
        address: of the server.
    """

    root: Path
    city: Path
    address: str
    browser: Browser
    _desks: dict[str, Desk] = field(default_factory=dict)

    def at(self, name: str) -> Desk:
        """The browser of a user, who signs in when first asked for."""
        if name not in self._desks:
            self._desks[name] = Desk(self.browser, self.address, name)
        return self._desks[name]

    def close(self) -> None:
        for desk in self._desks.values():
            desk.close()

    @contextmanager
    def reader(self) -> Iterator[Reader]:
        with open_reader(self.root) as reader:
            assert reader is not None
            yield reader

    def alerts(self, detector: str, **filters: str) -> list[Row]:
        with self.reader() as reader:
            return list(rows(reader, Filters(list="all", detector=detector, **filters), page=1, size=_MOST))

    def packet(self, queue: str, subject: str) -> PacketPage:
        """The packet about a subject, by the name that lists show."""
        with self.reader() as reader:
            [packet] = [each for each in packets(reader, PacketFilters(queue)) if each.subject == subject]
            return packet_page(reader, packet.packet_id)

    def real(self, kind: str, pseudonym: str) -> str:
        """The id in the city's tables behind a pseudonym."""
        column = f"{kind}_id"
        tables = {"employer": "enrolments", "person": "persons", "provider": "providers"}
        ids = self.table(tables[kind])[column].drop_nulls().unique()
        with self.reader() as reader:
            [person_id] = [each for each in ids if reader.identity(kind, each) == pseudonym]
        return str(person_id)

    def cited(self, alerts: Iterable[str]) -> list[str]:
        """Real numbers of the settlements that alerts cite, once for each alert that cites them."""
        tables = self.table("settlements")["settlement_id"].drop_nulls()
        with self.reader() as reader:
            real = {reader.identity("settlement", number): number for number in tables}
            return [
                real[row.settlement]
                for alert_id in alerts
                for row in evidence(reader, alert_id, page=1, size=_MOST)
            ]

    def table(self, name: str) -> pl.DataFrame:
        """A table of the city."""
        return pl.read_parquet(self.city / f"{name}.parquet")


def add_people(root: Path) -> None:
    for name, role in ROLES.items():
        add_user(root, name, role)
    add_user(root, ELSEWHERE, Role.inspector, (OTHER_DISTRICT,))


def actor(name: str) -> Actor:
    """A person as services know them."""
    [role] = [each for each in get_args(CaseRole) if each == ROLES[name].value]
    return Actor(name, role)


def fen(amounts: pl.Series) -> int:
    """The sum of a column of yuan."""
    return int(Decimal(str(amounts.sum())) * 100)


def yuan(amount: int) -> str:
    """An amount as Chinese screens write it, to the fen."""
    return formats("zh").money(amount)


def day(date: dt.date) -> str:
    return formats("zh").day(date)
