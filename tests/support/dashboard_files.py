"""Files next to the hand-filled store: networks, scores, features, and the accepted tables of the family accounts."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
from support.dashboard_runs import FEATURES, LAST_DAY

from detection.detectors.artifacts import artifact_folder
from detection.evidence.fusion import fused, risks
from detection.evidence.items import ITEMS
from detection.store import schema
from features.contract import TABLES
from features.tables import stored_schema
from features.workspace import Workspace
from features.workspace.marker import read_marker, write_marker


def add_files(workspace: Workspace, run_id: str, snapshot_id: str, alerts: list[schema.Alert]) -> None:
    """Write what a run and a snapshot leave next to the store."""
    _network(workspace, run_id, [alert for alert in alerts if alert.subject_kind == "group"])
    _snapshot(workspace, snapshot_id, [alert for alert in alerts if alert.subject_kind == "payer_account"])
    _scores(workspace, run_id)


def _network(workspace: Workspace, run_id: str, alerts: list[schema.Alert]) -> None:
    folder = artifact_folder(workspace.run(run_id), "co_visit_group")
    folder.mkdir(parents=True)
    relations = ("none", "none", "none", "same_employer", "recorded_relatives")
    groups: list[Any] = []
    edges: list[Any] = []
    days: list[Any] = []
    for alert in alerts:
        groups.append((alert.subject_id, 6, 9, 14.0, 1.21, 0.0004, 5.0))
        people = [f"person-{alert.rank + k:05d}" for k in range(6)]
        edges += [
            (alert.subject_id, a, b, 3 + (i + j) % 6, 0.31, relations[(i * j) % 5])
            for i, a in enumerate(people)
            for j, b in enumerate(people)
            if i < j and (i + j) % 4
        ]
        met = [(w, person) for w in range(9) for k, person in enumerate(people) if (w + k) % 3]
        days += [
            (
                alert.subject_id,
                (LAST_DAY - dt.date(1970, 1, 1)).days - 7 * w,
                alert.provider_id,
                person,
                f"st-{alert.rank - 1:04d}-{n:02d}",  # the first twelve are evidence, with a time
            )
            for n, (w, person) in enumerate(met)
        ]
    columns = {
        "groups": ["group_id", "members", "days", "seen", "expected", "p_value", "permuted_max"],
        "edges": ["group_id", "person_a", "person_b", "days_together", "expected", "relation"],
        "days": ["group_id", "day", "provider_id", "person_id", "settlement_id"],
    }
    for name, rows in (("groups", groups), ("edges", edges), ("days", days)):
        pl.DataFrame(rows, schema=columns[name], orient="row").write_parquet(folder / f"{name}.parquet")


def _snapshot(workspace: Workspace, snapshot_id: str, accounts: list[schema.Alert]) -> None:
    folder = workspace.snapshot(snapshot_id)
    folder.mkdir(parents=True)
    marker = read_marker(workspace.root)
    write_marker(workspace.root, replace(marker, unsealed=(snapshot_id,)))  # tests change single files of it
    pl.DataFrame(
        {
            "table": ["settlements"] * 31,
            "file": ["settlements.csv"] * 31,
            "row": list(range(7, 38)),
            "column": ["total_amount"] * 30 + ["settled_at"],
            "reason": ["unreadable value"] * 31,
        }
    ).write_parquet(folder / "quarantine.parquet")
    payers = sorted({account.subject_id for account in accounts})
    _write(folder, "settlements", [row for payer in payers for row in _aid(payer, accounts)])
    _write(folder, "account_entries", [row for payer in payers for row in _credits(payer)])
    _write(folder, "family_authorizations", [row for payer in payers for row in _granted(payer)])
    _write(
        folder,
        "enrolments",
        [{"person_id": who} for payer in payers for who in (payer, *(f"{payer}-{name}" for name in _BORN))],
    )
    _write(
        folder,
        "persons",
        [
            {"person_id": who, "birth_date": born}
            for payer in payers
            for who, born in (
                (payer, dt.date(1980, 5, 1)),
                *((f"{payer}-{name}", day) for name, day in _BORN.items()),
            )
        ],
    )


_BORN = {
    "mother": dt.date(1951, 2, 3),
    "son": dt.date(2009, 8, 9),
    "elder": dt.date(1950, 1, 1),
    "wife": dt.date(1982, 1, 1),
    "second": dt.date(1990, 1, 1),
}
"""Relatives of every account: a child who is older than its owner, and two spouses at one time, are to be checked."""


def _aid(payer: str, accounts: list[schema.Alert]) -> list[dict[str, Any]]:
    about = next(account for account in accounts if account.subject_id == payer)
    cited = [f"st-{about.rank - 1:04d}-{row:02d}" for row in range(12)]
    rows = []
    for k in range(40):
        at = dt.datetime(2023, 3, 5, 9) + dt.timedelta(days=11 * k, hours=k % 9)
        rows.append(
            {
                "settlement_id": cited[k - 28] if k >= 28 else f"{payer}-{k}",
                "person_id": f"{payer}-{('mother', 'son', 'cousin')[k % 3]}",
                "provider_id": f"prov-{k % 7:03d}",
                "settled_at": at,
                "mutual_aid_paid": 4_000 + 731 * k,
                "mutual_aid_payer_id": payer,
            }
        )
    return rows


def _credits(payer: str) -> list[dict[str, Any]]:
    return [
        {
            "entry_id": f"{payer}-c{n}",
            "account_id": payer,
            "posted_at": dt.datetime(2023 + n // 12, n % 12 + 1, 10, 2),
            "entry_kind": "monthly_credit",
            "amount": 31_000,
        }
        for n in range(18)
    ]


def _granted(payer: str) -> list[dict[str, Any]]:
    return [
        {
            "authorization_id": f"{payer}-{who}",
            "payer_id": payer,
            "beneficiary_id": f"{payer}-{who}",
            "relation": relation,
            "valid_from": dt.datetime(2023, 2, 1, 9),
            "valid_to": end,
        }
        for who, relation, end in (
            ("mother", "parent", None),
            ("son", "child", dt.datetime(2024, 3, 1)),
            ("elder", "child", None),
            ("wife", "spouse", None),
            ("second", "spouse", None),
        )
    ]


def _write(folder: Path, table: str, rows: list[dict[str, Any]]) -> None:
    target = folder / "tables" / table
    target.mkdir(parents=True)
    schema = {
        name: kind for name, kind in stored_schema(TABLES[table]).items() if any(name in row for row in rows)
    }
    pl.DataFrame(rows, schema=schema).write_parquet(target / "part-0.parquet")


def _scores(workspace: Workspace, run_id: str) -> None:
    ids = {
        "person": ("person_id", [f"person-{n:05d}" for n in range(240)]),
        "provider": ("provider_id", [f"prov-{n:03d}" for n in range(12)]),
        "payer_account": ("payer_id", [f"person-{n:05d}" for n in range(240)]),
    }
    for kind, (key, names) in ids.items():
        for room in ("scores", "features"):
            (workspace.run(run_id) / room).mkdir(parents=True, exist_ok=True)
        values = [((n * 7919) % 97) / 9 + (30 if n % 60 == 11 else 0) for n in range(len(names))]
        pl.DataFrame({key: names, FEATURES[kind]: values}).write_parquet(
            workspace.run(run_id) / "features" / f"{kind}.parquet"
        )
        pl.DataFrame(
            {
                "entity_id": names,
                "score": [value / 100 for value in values],
                "rank": list(range(1, len(names) + 1)),
                "spend_rank": list(range(1, len(names) + 1)),
                "peer_group": ["active 30-44 320613"] * len(names),
                "peers": [len(names)] * len(names),
                "reasons": ["[]"] * len(names),
            }
        ).write_parquet(workspace.run(run_id) / "scores" / f"{kind}.parquet")
    _evidence(workspace, run_id, {kind: names for kind, (_, names) in ids.items()})
    _risks(workspace, run_id, {kind: names for kind, (_, names) in ids.items()})


def _evidence(workspace: Workspace, run_id: str, subjects: dict[str, list[str]]) -> None:
    """A piece of evidence of one detector about every subject."""
    folder = workspace.run(run_id) / "risk"
    folder.mkdir(parents=True, exist_ok=True)
    rows = [
        (kind, name, "refund_resettle_loop", 2.5, 4.0, 0.5) for kind in subjects for name in subjects[kind]
    ]
    pl.DataFrame(rows, schema=ITEMS, orient="row").write_parquet(folder / "evidence.parquet")


_WITHOUT_MODEL = {
    "prescriber": ["doctor-1", "doctor-2"],
    "operator": ["operator-1"],
    "employer": ["mill"],
    "group": ["group-1"],
}


def _risks(workspace: Workspace, run_id: str, subjects: dict[str, list[str]]) -> None:
    """The risk of every subject: two kinds of evidence, of which the first of a list has more."""
    for kind, names in (subjects | _WITHOUT_MODEL).items():
        rows = [
            (kind, name, detector, value - n / 1000, None, None)
            for n, name in enumerate(names)
            for detector, value in (("refund_resettle_loop", 2.5), ("split_prescription", 1.5))
        ]
        items = pl.DataFrame(rows, schema=ITEMS, orient="row")
        fused(None, risks(items, kind)).write_parquet(workspace.run(run_id) / "risk" / f"{kind}.parquet")
