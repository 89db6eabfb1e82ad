"""The manifest of a snapshot: files, counts that add up, and properties of the source.

The JSON keys are stored in workspaces, so they stay as they are; two of them differ from the attribute.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sized
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from features.files import write_text

VERSION = 1
_FILE = "manifest.json"


def _is_empty(value: Sized) -> bool:
    """Whether a part that the previous version did not have is left out."""
    return not value


class Record(BaseModel):
    """Base of all parts: immutable; keys of other versions are ignored."""

    model_config = ConfigDict(
        frozen=True, extra="ignore", validate_by_name=True, validate_by_alias=True, serialize_by_alias=True
    )

    def to_json(self) -> dict[str, object]:
        """The content as JSON values; empty optional parts are left out."""
        return self.model_dump(mode="json", exclude_none=True)


class FileRecord(Record):
    """One file that was read.

    Attributes:
        name: path inside the data folder.
        sha256: hash of its bytes, in hexadecimal.
        encoding: ``utf-8``, ``gb18030``, ``parquet`` or ``workbook``.
        rows: number of its rows.
        notes: how its layout was recognized, one sentence each.
    """

    name: str
    sha256: str
    encoding: str
    rows: int
    notes: tuple[str, ...] = Field(default=(), exclude_if=_is_empty)


class Outcomes(Record):
    """Rows or fen by outcome: read = accepted + quarantined + excluded."""

    read: int
    accepted: int
    quarantined: int
    excluded: int


class RowCounts(Outcomes):
    """Rows of a table by outcome; flagged rows are accepted."""

    flagged: int


class MoneyCounts(Outcomes):
    """Fen of a money column by outcome, over its readable cells."""

    unreadable_cells: int


class QuarantineCount(Record):
    """Rows quarantined for one reason and one set of columns (``a, b``; empty for a whole row)."""

    reason: str
    column: str
    rows: int


class CleanedCount(Record):
    """Cells of a file's column around which something was removed, or that stand for nothing."""

    file: str
    column: str
    what: str
    cells: int


class FormCount(Record):
    """Values of a contract column that were read in another form than that of the contract."""

    column: str
    form: str
    cells: int


class UnreadableCount(Record):
    """Cells of a contract column that could not be read, and file, row and shape of the first."""

    column: str
    cells: int
    example: str


class TableRecord(Record):
    """What was read of one table.

    Attributes:
        rows: counts of rows.
        money: counts of fen, by money column.
        quarantined_by_reason, quarantined_by_column: why rows were quarantined.
        excluded_by_rule: excluded rows by rule of the mapping.
        flags: flagged cells by flag.
        unknown_codes: the most frequent codes that are not in the contract, with their rows, by column; "…" stands for
            all that may be ids or texts (`features.intake.values.printable`).
        undecided: rows whose code could not be derived from several columns, by column.
        columns: contract columns of the table, without guessed ones.
        ignored_columns: columns of its files that were not read.
        read_as: values in other forms than those of the contract.
        unreadable: cells that could not be read.
        cleaned: cells that were cleaned before they were read.
        likely_columns: the name that is probably meant by such a column, where one resembles it.
    """

    rows: RowCounts
    money: Mapping[str, MoneyCounts] = {}
    quarantined_by_reason: Mapping[str, int] = {}
    quarantined_by_column: tuple[QuarantineCount, ...] = ()
    excluded_by_rule: Mapping[str, int] = {}
    flags: Mapping[str, int] = {}
    unknown_codes: Mapping[str, Mapping[str, int]] = {}
    undecided: Mapping[str, int] = {}
    columns: tuple[str, ...] = ()
    ignored_columns: tuple[str, ...] = ()
    read_as: tuple[FormCount, ...] = Field(default=(), exclude_if=_is_empty)
    unreadable: tuple[UnreadableCount, ...] = Field(default=(), exclude_if=_is_empty)
    cleaned: tuple[CleanedCount, ...] = Field(default=(), exclude_if=_is_empty)
    likely_columns: Mapping[str, str] = Field(default={}, exclude_if=_is_empty)


class IdentityCount(Record):
    """Rows for which an accounting identity was checked, and those that broke it."""

    checked: int
    broken: int


class BrokenJoin(Record):
    """A reference of which many rows name no row of the other table.

    Attributes:
        table, column: the reference.
        target: ``table.column`` that should contain it.
        rows: rows with a value.
        orphans: those whose value the other table lacks.
        cause: what was probably done to the ids of one of the tables.
        repaired: orphans that have a row without it.
    """

    table: str
    column: str
    target: str
    rows: int
    orphans: int
    cause: str | None = None
    repaired: int = 0


class RefundCounts(Record):
    """Refunds by how their originals were linked.

    Attributes:
        refunds: all refunds.
        named: the source names the original.
        matched: the original was matched by visit and amounts (JSON key ``found``).
        none: no original matches.
        several: several originals match equally.
    """

    refunds: int
    named: int
    matched: int = Field(validation_alias="found", serialization_alias="found")
    none: int
    several: int


class Decision(Record):
    """The value chosen for an option of a preset.

    Attributes:
        option, value: the option and its value.
        by: ``asked`` by the user, chosen from the ``data``, or ``none`` where nothing depends on it.
        figures: the counts that it rests on.
        explanation: the reason in one sentence (JSON key ``said``).
    """

    option: str
    value: str
    by: Literal["asked", "data", "none"]
    figures: Mapping[str, int] = {}
    explanation: str = Field(default="", validation_alias="said", serialization_alias="said")


class PresetRecord(Record):
    """What an import preset determined.

    Attributes:
        name: name of the preset.
        decisions: value of each option.
        skipped: optional tables with a missing part, and the reason (JSON key ``not_taken``).
        made_of: tables without a file of their own, and the file that they are made of.
    """

    name: str
    decisions: tuple[Decision, ...] = ()
    skipped: Mapping[str, str] = Field(
        default={}, validation_alias="not_taken", serialization_alias="not_taken"
    )
    made_of: Mapping[str, str] = {}


class Counts(Record):
    """What was read, and what became of it.

    Attributes:
        files: files that were read; ``source_file`` of a row is an index into them.
        tables: tables by name.
        day_precision: time columns (``table.column``) without a time of day.
        first_settled_day, last_settled_day: period of the accepted settlements.
        identities: checks of accounting identities, by flag.
        reversals: links of refunds, where the mapping requests them.
        broken_joins: references of which many rows name no row.
        turned_refunds: refunds with a positive sign that name their original; their amounts were turned.
        remarks: sentences about columns whose accepted rows are odd.
    """

    files: tuple[FileRecord, ...]
    tables: Mapping[str, TableRecord]
    day_precision: tuple[str, ...]
    first_settled_day: dt.date
    last_settled_day: dt.date
    identities: Mapping[str, IdentityCount] = {}
    reversals: RefundCounts | None = None
    broken_joins: tuple[BrokenJoin, ...] = Field(default=(), exclude_if=_is_empty)
    turned_refunds: int | None = None
    remarks: tuple[str, ...] = Field(default=(), exclude_if=_is_empty)


class Manifest(Counts):
    """The manifest of a snapshot.

    Attributes:
        manifest_version: version of this format.
        snapshot_id: id of the snapshot.
        simulated: whether the simulator made the data.
        ignored_files: other names in the data folder, with sheets and packed files that were not read.
        likely_tables: the table that is probably meant by such a name, where one resembles it.
        preset: what the preset determined, if one was used.
        deliveries: ids of the data sets that were added to each other, oldest first; None for a single one.
    """

    manifest_version: int = VERSION
    snapshot_id: str
    simulated: bool
    ignored_files: tuple[str, ...]
    likely_tables: Mapping[str, str] = Field(default={}, exclude_if=_is_empty)
    preset: PresetRecord | None = None
    deliveries: tuple[str, ...] | None = None

    @classmethod
    def from_json(cls, content: object) -> Manifest:
        """The manifest with this content, of this or the previous version."""
        return cls.model_validate(content)


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a snapshot's folder."""
    return Manifest.from_json(json.loads((folder / _FILE).read_text(encoding="utf-8")))


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write the manifest into a snapshot's folder."""
    text = json.dumps(manifest.to_json(), ensure_ascii=False, indent=1, sort_keys=True)
    write_text(folder / _FILE, text + "\n")


def is_complete(folder: Path) -> bool:
    """Whether a snapshot's folder has a manifest, which is written last."""
    return (folder / _FILE).exists()
