"""Which subject or settlement a pseudonym stands for: for the modules of this package, never for what is shown."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from detection.masking import prefixes
from detection.store.queries.disclosure.pseudonyms import current_pseudonym
from detection.store.queries.reader import Reader
from detection.subjects.files import SubjectFiles, subject_files
from detection.subjects.index import index_file


def files_of(reader: Reader) -> SubjectFiles:
    """Files of the subjects of the run that readers see; none of them exist where an earlier version wrote it."""
    return subject_files(reader.run_part("subjects").parent)


def subject_id(reader: Reader, kind: str, pseudonym: str) -> str:
    """The subject of a kind under a pseudonym; empty where there is none.

    Where the run has no index, it is looked for among institutions and subjects of alerts. A pseudonym of a former key
    stands for whom it stood for then.
    """
    pseudonym = current_pseudonym(reader, pseudonym)
    index, totals = _index(reader, "subjects"), files_of(reader).scan(kind, "totals")
    if totals is not None and index.exists():
        row = _row(index, pseudonym, pl.col("kind") == kind)
        return "" if row is None else str(totals.slice(row, 1).select("id").collect().item())
    if kind == "provider":
        return reader.directory.provider_id(pseudonym)
    letter = pseudonym[:1]
    ids = reader.directory.subject_ids(pseudonym) if kind in prefixes().get(letter, ()) else ()
    return ids[0] if ids else ""


def known_subjects(reader: Reader, kind: str, identities: Sequence[str]) -> set[str]:
    """Those of several ids that are subjects of a kind in the current run, or subjects of alerts."""
    pseudonyms = {reader.identity(kind, identity): identity for identity in identities}
    if kind == "provider":
        known = {name for name in pseudonyms if reader.directory.provider_id(name)}
    else:
        known = {name for name in pseudonyms if reader.directory.involved_ids(kind, name)}
    if reader.run is not None and (index := _index(reader, "subjects")).exists():
        rows = pl.scan_parquet(index).filter(pl.col("pseudonym").is_in([*pseudonyms]), pl.col("kind") == kind)
        known |= set(rows.select("pseudonym").collect()["pseudonym"])
    return {pseudonyms[name] for name in known}


def settlement_row(reader: Reader, pseudonym: str) -> int | None:
    """Number of a settlement's row in the accepted tables; None where there is none."""
    index = _index(reader, "settlements")
    return _row(index, pseudonym) if index.exists() else None


def starting(reader: Reader, index: str, prefix: str, most: int) -> pl.DataFrame:
    """The first entries of an index (``subjects`` or ``settlements``) whose pseudonym starts with a text."""
    file = _index(reader, index)
    if not file.exists():
        return pl.DataFrame(schema={"pseudonym": pl.String, "kind": pl.String, "row": pl.UInt32})
    last = prefix[:-1] + chr(ord(prefix[-1]) + 1)
    within = pl.col("pseudonym").is_between(pl.lit(prefix), pl.lit(last), closed="left")
    return pl.scan_parquet(file).filter(within).head(most).collect()


def _index(reader: Reader, name: str) -> Path:
    return index_file(reader.run_part("search").parent, name)


def _row(index: Path, pseudonym: str, *conditions: pl.Expr) -> int | None:
    rows = (
        pl.scan_parquet(index).filter(pl.col("pseudonym") == pseudonym, *conditions).select("row").collect()
    )
    return int(rows["row"][0]) if rows.height else None
