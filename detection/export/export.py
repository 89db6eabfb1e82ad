"""Alerts and scores as files for others, with the fields and types of the data contract.

Ids are pseudonyms unless somebody says why they need the real ones; that is recorded before the file
appears. The same store gives the same bytes.

=======  ==================================  ==========================  ===================================
format   money                               lists                       simulated data
=======  ==================================  ==========================  ===================================
csv      yuan, two decimals                  JSON arrays                 ``<file>.README.txt`` beside it
parquet  Decimal(18, 2)                      lists of text               key ``simulated`` of its metadata
json     numbers with two decimals           arrays                      field ``simulated`` at the top
=======  ==================================  ==========================  ===================================

Beyond the contract's fields, ``record_ids`` names evidence that is no settlement, by table (``account_entries:E0017``).
What rests on a policy profile says so the same way: in the README, as ``policy_profile`` in metadata and JSON.
The run id of simulated data starts with ``SIM-``, so that every exported alert says so too.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import polars as pl

from detection.export.files import Sheet, write
from detection.masking import mask, render
from detection.store.queries import Filters, Reader, open_store
from detection.store.run_manifest import manifest_of
from detection.store.writer import Writer
from features.errors import StoreError, UsageError
from features.workspace import Workspace

What = Literal["alerts", "scores"]
Mask = Callable[[str, str], str]
"""Kind and id in, what is written out."""

_ALERTS: dict[str, pl.DataType] = {
    "alert_id": pl.String(),
    "run_id": pl.String(),
    "detector": pl.String(),
    "detector_kind": pl.String(),
    "typology": pl.String(),
    "subject_kind": pl.String(),
    "subject_id": pl.String(),
    "member_ids": pl.List(pl.String()),
    "title": pl.String(),
    "score": pl.Float64(),
    "rank": pl.Int64(),
    "severity": pl.String(),
    "pool_at_issue": pl.Int64(),
    "account_at_issue": pl.Int64(),
    "amount_at_issue": pl.Int64(),
    "period_start": pl.String(),
    "period_end": pl.String(),
    "settlement_ids": pl.List(pl.String()),
    "record_ids": pl.List(pl.String()),
    "legal_basis": pl.List(pl.String()),
    "status": pl.String(),
}
_MONEY = ("pool_at_issue", "account_at_issue", "amount_at_issue")
_DATES = ("period_start", "period_end")


@dataclass(frozen=True)
class _Shown:
    """How ids and words are written: masked or not, in which language."""

    mask: Mask
    sentence: Callable[[str], str]
    language: str


def export(
    workspace: Workspace,
    what: str,
    *,
    kind: str = "person",
    file_format: str,
    out: Path,
    reveal: bool = False,
    reason: str = "",
    actor: str,
    at: str,
    language: str = "en",
) -> int:
    """Write all alerts of the store, or the scores of the current run, to a file.

    Args:
        workspace: whose.
        what: ``alerts`` or ``scores``.
        kind: whose scores: ``person``, ``provider`` or ``payer_account``.
        file_format: ``csv``, ``parquet`` or ``json``.
        out: the file; replaced as a whole.
        reveal: write the ids as the source has them.
        reason: why; needed to reveal.
        actor: who asks.
        at: ISO time.
        language: of titles and reasons, ``en`` or ``zh``.

    Returns:
        Number of rows.

    Raises:
        UsageError: reveal without a reason, an unknown word, or a file that cannot be written.
        StoreError: no run yet.
    """
    _check(what, file_format, out, reveal=reveal, reason=reason)
    shown = _shown(workspace, language, reveal=reveal)
    with open_store(workspace) as store:
        run = store.current_run()
        profile = manifest_of(run).policy.profile
        rows = _alerts(store, shown) if what == "alerts" else _scores(workspace, run.run_id, kind, shown)
    sheet = Sheet(what, run.run_id, run.simulated, profile, rows, _MONEY, _DATES)

    def before_it_appears() -> None:
        if reveal:
            name = what if what == "alerts" else f"{what} {kind}"
            Writer(workspace.store).reveal(
                actor=actor, reason=reason, what=f"export {name}", rows=rows.height, at=at
            )

    write(sheet, file_format, out, before_it_appears)
    return rows.height


def _check(what: str, file_format: str, out: Path, *, reveal: bool, reason: str) -> None:
    if what not in ("alerts", "scores"):
        raise UsageError(f"There is no export of {what!r}.", next_step="export alerts or scores")
    if file_format not in ("csv", "parquet", "json"):
        raise UsageError(f"There is no format {file_format!r}.", next_step="use csv, parquet or json")
    if reveal and not reason.strip():
        raise UsageError(
            "Real ids are exported for a reason only.", where="--reveal-ids", next_step='add --reason "…"'
        )
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(
            "The file cannot be written there.",
            where=str(out),
            next_step="name a file in a folder that exists",
        )


def _shown(workspace: Workspace, language: str, *, reveal: bool) -> _Shown:
    key = workspace.pseudonym_key()
    return _Shown(
        mask=lambda kind, identity: identity if reveal else mask(key, identity, kind),
        sentence=lambda text: render(text, key, reveal=reveal),
        language=language,
    )


def _alerts(store: Reader, shown: _Shown) -> pl.DataFrame:
    evidence, records = store.settlement_ids(), store.record_ids()
    rows = [
        {
            **{name: getattr(one, name) for name in _ALERTS if hasattr(one, name)},
            "subject_id": shown.mask(one.subject_kind, one.subject_id),
            "member_ids": [shown.mask("person", str(member)) for member in one.member_ids],
            "title": shown.sentence(one.title_zh if shown.language == "zh" else one.title_en),
            "settlement_ids": [shown.mask("settlement", cited) for cited in evidence.get(one.alert_id, ())],
            "record_ids": [
                f"{table}:{shown.mask('record', record)}" for table, record in records.get(one.alert_id, ())
            ],
        }
        for one in store.page(Filters(status=""))
    ]
    return pl.DataFrame(rows, schema=_ALERTS)


def _scores(workspace: Workspace, run_id: str, kind: str, shown: _Shown) -> pl.DataFrame:
    path = workspace.run(run_id) / "scores" / f"{kind}.parquet"
    if not path.exists():
        raise StoreError(
            f"The current run has no scores of kind {kind!r}.",
            where=f"run {run_id}",
            next_step="see on the Data screen why they were not assessable, or run again",
        )
    scores = pl.read_parquet(path).sort("rank")
    ids, reasons = scores["entity_id"], scores["reasons"].fill_null("[]")
    return scores.select(
        pl.Series("entity_id", [shown.mask(kind, one) for one in ids], dtype=pl.String),
        "score",
        "rank",
        "spend_rank",
        pl.Series("reasons", [_sentences(one, shown) for one in reasons], dtype=pl.List(pl.String)),
    )


def _sentences(reasons: str, shown: _Shown) -> list[str]:
    if reasons == "[]":  # all but the list's entities: millions of them
        return []
    return [shown.sentence(one[shown.language]) for one in json.loads(reasons)]
