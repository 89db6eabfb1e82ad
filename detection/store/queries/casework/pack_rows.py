"""The rows behind the alerts of a pack, masked, with what the data set says was paid."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from detection.alerts.moment import Moment
from detection.proof.columns import IDS, evidence_columns
from detection.proof.values import Proof
from detection.store.queries import stored
from detection.store.queries.evidence import EvidenceRow, RecordRow, evidence, records
from detection.store.queries.reader import Reader
from features.sealing import intact

SETTLEMENTS = "settlements"
_PAID = ("pool_paid", "account_paid", "mutual_aid_paid")


@dataclass(frozen=True)
class PackRow:
    """A settlement or a record that an alert cites; ids masked, money in fen.

    Attributes:
        table: of the data contract; ``settlements`` for a settlement.
        row: its pseudonym.
        institution, name: pseudonym and name of the institution; empty for a record.
        at: ISO day, or time to the second where the source has it.
        pool, account: what is at issue, or what the alert's kind of money says.
        paid_pool, paid_account: what the settlement paid by the data set of the run; None where it is not there.
    """

    alert: str
    table: str
    row: str
    cause: str
    person: str
    institution: str
    name: str
    at: str
    pool: int
    account: int
    paid_pool: int | None
    paid_account: int | None
    source_file: str
    source_row: int
    proof: Proof


def pack_rows(reader: Reader, alert_ids: Sequence[str], snapshot_id: str) -> list[PackRow]:
    """The rows of some alerts: in the order of the alerts, settlements by time, then records by day.

    Raises:
        WorkspaceError: files of the data set were changed.
    """
    cited = {alert_id: stored.evidence(reader, alert_id) for alert_id in alert_ids}
    paid = _paid(reader, snapshot_id, [row.settlement_id for rows in cited.values() for row in rows])
    return [
        row
        for alert_id in alert_ids
        for row in _rows(reader, alert_id, [paid.get(each.settlement_id) for each in cited[alert_id]])
    ]


def identities(reader: Reader, alert_ids: Sequence[str]) -> list[tuple[str, str]]:
    """All ids in the rows of some alerts as this reader shows them: kind and id, in the order of `pack_rows`.

    Two readers give as many, in the same order.
    """
    return [each for alert_id in alert_ids for each in _ids(reader, alert_id)]


def _ids(reader: Reader, alert_id: str) -> Iterator[tuple[str, str]]:
    rows: list[EvidenceRow | RecordRow] = [*_settled(reader, alert_id), *_recorded(reader, alert_id)]
    for row in rows:
        yield (("settlement", row.settlement) if isinstance(row, EvidenceRow) else ("record", row.record))
        yield "person", row.person
        for name, column in evidence_columns().items():
            if column.kind in IDS and name in row.proof:
                yield column.kind, str(row.proof[name])


def _rows(reader: Reader, alert_id: str, paid: Sequence[tuple[int, int] | None]) -> Iterator[PackRow]:
    for row, fen in zip(_settled(reader, alert_id), paid, strict=True):
        yield PackRow(
            alert=alert_id,
            table=SETTLEMENTS,
            row=row.settlement,
            cause=row.cause,
            person=row.person,
            institution=row.institution,
            name=row.provider,
            at=_at(row.settled_at),
            pool=row.pool,
            account=row.account,
            paid_pool=fen[0] if fen else None,
            paid_account=fen[1] if fen else None,
            source_file=row.source_file,
            source_row=row.source_row,
            proof=row.proof,
        )
    for record in _recorded(reader, alert_id):
        yield PackRow(
            alert=alert_id,
            table=record.table,
            row=record.record,
            cause=record.cause,
            person=record.person,
            institution="",
            name="",
            at=record.day.isoformat(),
            pool=record.pool,
            account=record.account,
            paid_pool=None,
            paid_account=None,
            source_file=record.source_file,
            source_row=record.source_row,
            proof=record.proof,
        )


def _settled(reader: Reader, alert_id: str) -> list[EvidenceRow]:
    return evidence(reader, alert_id, page=1, size=None)


def _recorded(reader: Reader, alert_id: str) -> list[RecordRow]:
    return records(reader, alert_id, page=1, size=None)


def _at(moment: Moment) -> str:
    return moment.at.isoformat(sep=" ") if moment.to_the_minute else moment.day.isoformat()


def _paid(reader: Reader, snapshot_id: str, ids: Sequence[str]) -> dict[str, tuple[int, int]]:
    """Fen that the pooled fund and accounts paid, by settlement; none where the data set is not kept any more."""
    folder = intact(reader.workspace.snapshot(snapshot_id), f"tables/{SETTLEMENTS}")
    if not any(folder.glob("*.parquet")):
        return {}
    frame = pl.scan_parquet(folder / "*.parquet")
    known = frame.collect_schema().names()
    columns = [
        (pl.col(name) if name in known else pl.lit(0)).fill_null(0).cast(pl.Int64).alias(name)
        for name in _PAID
    ]
    wanted = pl.DataFrame({"settlement_id": sorted(set(ids))}, {"settlement_id": pl.String})
    rows = (
        frame.select("settlement_id", *columns)
        .join(wanted.lazy(), on="settlement_id", how="semi")
        .collect(engine="streaming")
    )
    return {name: (pool, account + family) for name, pool, account, family in rows.iter_rows()}
