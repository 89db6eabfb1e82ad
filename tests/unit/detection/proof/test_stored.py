"""What is stored with the evidence is read masked; evidence of earlier runs has nothing, and reads all the same."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
from support.drafts import a_draft
from support.store_runs import Store

from detection.proof.values import to_text
from detection.store.queries import open_store
from detection.store.queries.evidence import evidence

PROOF = {
    "other_settlement": "s-other",
    "visit_provider": "p1",
    "prescriber": "doctor-9",
    "operator": "clerk-9",
    "payer": "anna",
    "prescription": "rx-9",
    "total": 1234,
    "no_such_column": "anna",
}


def stored(folder: Path, proof: str | None) -> dict[str, object]:
    draft = a_draft()
    rows = draft.evidence.with_columns(proof=pl.lit(proof, dtype=pl.String))
    store = Store(folder)
    store.run("r1", replace(draft, evidence=rows))
    with open_store(store.workspace) as reader:
        [row] = evidence(reader, draft.alert_id, page=1, size=10)
    return dict(row.proof)


def test_ids_are_masked_and_institutions_named(tmp_path: Path) -> None:
    proof = stored(tmp_path, to_text(PROOF))
    assert proof["visit_provider"] == "Lilac Pharmacy"
    assert proof["total"] == 1234
    assert [str(proof[name])[:2] for name in ("other_settlement", "prescriber", "operator", "payer")] == [
        "S-",
        "D-",
        "O-",
        "P-",
    ]
    assert "no_such_column" not in proof
    real = {"s-other", "doctor-9", "clerk-9", "anna", "rx-9"}
    assert not real & {str(value) for value in proof.values()}


def test_evidence_without_columns_reads(tmp_path: Path) -> None:
    assert stored(tmp_path, None) == {}
