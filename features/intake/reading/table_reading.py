"""Read all files of one table according to its mapping, and write the rows to the sinks."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from features.intake.acceptance import Acceptance
from features.intake.reading.batches import Reader
from features.intake.reading.column_forms import ColumnForms
from features.intake.reading.conditions import holds
from features.intake.reading.distinct import Distinct
from features.intake.reading.inspection import Inspected
from features.intake.reading.joins import Lookup, lookup_types, open_lookups
from features.intake.reading.partitioned_join import PartitionedJoin, too_large
from features.intake.reading.table_plan import TablePlan
from features.intake.sinks import TableSinks
from features.intake.values.cleaning import Cleaner
from features.message import Message
from features.progress import Progress


class TableReading:
    """Reads the files of one table.

    Args:
        plan: the table.
        files: index of each file in the manifest, by name.
        sinks: where the rows are written.
        progress: called with the table, and bytes read and in total.
        scratch: folder for rows that do not fit into memory.
    """

    def __init__(
        self, plan: TablePlan, files: dict[str, int], sinks: TableSinks, progress: Progress, scratch: Path
    ) -> None:
        self._plan = plan
        self._files = files
        self._out = sinks
        self._progress = progress
        large = too_large(plan)
        self._lookups = open_lookups(plan, without=large)
        self._large = None if large is None else PartitionedJoin(plan, large, scratch / "join")
        self._size = sum(file.size for file in plan.files)
        self._before = 0

    def read(self) -> dict[str, int]:
        """Write every row to the sinks; return the number of rows by file."""
        lookups: list[Lookup | PartitionedJoin] = [*self._lookups, *([self._large] if self._large else [])]
        read = {self._plan.lookups[lookup.join.file].file.name: lookup.read for lookup in lookups}
        return read | self._read_files()

    def _read_files(self) -> dict[str, int]:
        if self._large is not None:
            return self._read_partitioned(self._large)
        if not self._plan.mapping.distinct:
            return {file.file.name: self._read_rows(file) for file in self._plan.files}
        distinct = Distinct(self._plan)
        rows = {file.file.name: self._collect_distinct(file, distinct) for file in self._plan.files}
        names = list(self._files)
        for index, part in distinct.rows():
            Acceptance(distinct.plan(), distinct.types(), index, names[index], self._out).accept(part)
        return rows

    def _read_partitioned(self, large: PartitionedJoin) -> dict[str, int]:
        rows: dict[str, int] = {}
        acceptances = [self._acceptance(file) for file in self._plan.files]
        for number, file in enumerate(self._plan.files):
            reader = self._reader(file)
            for batch in self._batches(reader):
                large.put(number, batch)
            large.end(number)
            self._quarantine_ragged(acceptances[number], reader)
            rows[file.file.name] = reader.rows
        for number, batch in large.rows():
            acceptances[number].accept(batch)
        large.close()
        return rows

    def _read_rows(self, file: Inspected) -> int:
        acceptance = self._acceptance(file)
        reader = self._reader(file)
        for batch in self._batches(reader):
            acceptance.accept(batch)
        self._quarantine_ragged(acceptance, reader)
        return reader.rows

    def _quarantine_ragged(self, acceptance: Acceptance, reader: Reader) -> None:
        if not self._plan.mapping.only:  # it is unknown which part of the table they belong to
            acceptance.quarantine_ragged(reader.ragged)

    def _acceptance(self, file: Inspected) -> Acceptance:
        index = self._files[file.file.name]
        plan = self._plan
        forms = ColumnForms(file, plan.lookups, plan.mapping.null)
        return Acceptance(plan, self._types(file), index, file.file.name, self._out, forms)

    def _collect_distinct(self, file: Inspected, distinct: Distinct) -> int:
        reader = self._reader(file)
        for batch in self._batches(reader):
            distinct.add(batch, self._types(file), self._files[file.file.name])
        # The distinct values of these rows are unknown.
        self._acceptance(file).quarantine_ragged(reader.ragged)
        return reader.rows

    def _reader(self, file: Inspected) -> Reader:
        plan = self._plan
        return Reader(file, plan.reads(), plan.mapping.null, Cleaner(plan.ids(), plan.kept_words()))

    def _batches(self, reader: Reader) -> Iterator[pl.DataFrame]:
        only = self._plan.mapping.only
        for batch in reader:
            if only:
                batch = batch.filter(holds(only, batch.schema))
            for lookup in self._lookups:
                batch = lookup.attach(batch)
            yield batch
            self._progress(
                Message("reading {table}", table=self._plan.table.table),
                self._before + reader.done,
                self._size,
            )
        self._before += reader.source.size
        self._out.tally.add_cleaned(reader.source.file.name, reader.cleaner.counts)

    def _types(self, file: Inspected) -> dict[str, pl.DataType]:
        large = {} if self._large is None else self._large.types()
        return file.columns | lookup_types(self._lookups) | large
