"""Files of outside leads for tests, and a store with packets that they are about."""

from __future__ import annotations

import csv
import io
from dataclasses import replace

import polars as pl
from support.drafts import a_draft
from support.store_runs import INSTITUTIONS, Store

from detection.alerts.draft import Subject
from detection.cases.moves import Actor
from detection.followup.outside.importing import Imported, import_leads
from features.workspace import Place

SENDER = "省医保局"
WANG, ZHAO = Actor("wang", "inspector"), Actor("zhao", "supervisor")
NOON = "2026-11-30T12:00:00"
PLACES = pl.concat(
    [
        INSTITUTIONS,
        pl.DataFrame(
            {
                "provider_id": ["p2", "p3", "p4"],
                "name": ["崇川区和平桥社区卫生服务中心", "同名药店", "同名药店"],
                "kind": ["clinic", "pharmacy", "pharmacy"],
                "level": ["ungraded"] * 3,
                "district": ["320602", "320602", "320611"],
            }
        ),
    ]
)


def lead_file(*rows: dict[str, str]) -> bytes:
    """A CSV file with the columns that some row has; number, kind and day are filled in where a row lacks them."""
    filled = [
        {"sender_number": f"n-{number}", "received_on": "2026-11-23", "kind": "complaint"} | row
        for number, row in enumerate(rows, 1)
    ]
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(dict.fromkeys(name for row in filled for name in row)))
    writer.writeheader()
    writer.writerows(filled)
    return text.getvalue().encode()


def make_packets(store: Store) -> None:
    """A run with a packet about the person anna, and four institutions, of which Lilac Pharmacy is p1."""
    subject = Subject("person", "anna", ("anna",), None, None, "320602")
    store.run("r1", *(replace(a_draft(case), subject=subject) for case in "ab"), institutions=PLACES)


def imported(store: Store, *rows: dict[str, str], sender: str = SENDER, actor: Actor = WANG) -> Imported:
    """Import rows as one file."""
    content = lead_file(*rows)
    where = Place(store.workspace.root, store.workspace.database)
    return import_leads(where, content, "leads.csv", sender=sender, actor=actor, at=NOON)
