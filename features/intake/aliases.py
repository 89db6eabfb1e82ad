"""Ids that were issued again: earlier ids of a person or provider are followed to the current one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from features.contract import TABLES
from features.errors import InputError
from features.message import Message

_REGISTERS = {"person_aliases": "persons", "provider_aliases": "providers"}
_FURTHER: Mapping[str, Sequence[tuple[str, str]]] = {
    "persons": (
        ("family_authorizations", "beneficiary_id"),
        ("account_entries", "beneficiary_id"),
        ("registered_contexts", "person_id"),
    ),
    "providers": (("registered_contexts", "provider_id"),),
}
"""Columns with ids of a register that need not have a row there."""
_SUBJECTS = {"persons": ("person", "payer_account"), "providers": ("provider",)}
"""Kinds of subject of a lead from outside that are ids of a register."""
_SHOWN = 5
_EARLIER = "\0earlier"
Frames = Mapping[str, pl.LazyFrame]


def refuse_wrong_aliases(frames: Frames, files: Sequence[str]) -> None:
    """Refuse alias tables in which an id has several successors, or follows itself.

    Args:
        frames: accepted rows by table.
        files: names of the files that ``source_file`` counts.

    Raises:
        InputError: with file and row of each.
    """
    problems = [
        problem for name in _REGISTERS if name in frames for problem in _problems(frames[name], files)
    ]
    if problems:
        more = len(problems) - _SHOWN
        further = [Message("and {n:,} more", n=more)] if more > 0 else []
        raise InputError(
            "The ids that were issued again contradict each other.",
            problems=[*problems[:_SHOWN], *further],
            next_step="keep one successor for each id, and no chain that leads back to its beginning",
        )


def with_current_ids(frames: Frames) -> dict[str, pl.LazyFrame]:
    """The tables with every id replaced by the current one.

    Rows that then have the key of another one, such as the person under both ids, are one row: that of the current id,
    or else the last.
    """
    followed = dict(frames)
    for name, register in _REGISTERS.items():
        current = _current(frames[name].select("old", "new").collect()) if name in frames else {}
        if current:
            for table in followed:
                followed[table] = _replaced(followed[table], table, register, current)
    return followed


def _replaced(frame: pl.LazyFrame, table: str, register: str, current: Mapping[str, str]) -> pl.LazyFrame:
    present = frame.collect_schema().names()
    columns = [name for name in _columns(table, register) if name in present]
    old, new = list(current), list(current.values())
    if table == "outside_leads":
        of_register = pl.col("subject_kind").is_in(_SUBJECTS[register])
        changed = (
            pl.when(of_register).then(pl.col("subject_id").replace(old, new)).otherwise(pl.col("subject_id"))
        )
        return frame.with_columns(changed.alias("subject_id"))
    if not columns:
        return frame
    key = [name for name in TABLES[table].key if name in present]
    replaced = frame.with_columns(
        *(pl.col(name).replace(old, new) for name in columns),
        pl.any_horizontal(pl.col(name).is_in(old) for name in columns).alias(_EARLIER),
    )
    if not set(key) & set(columns):
        return replaced.drop(_EARLIER)
    of_several = pl.len().over(key) > 1
    order = [_EARLIER, "source_file", "source_row"]
    repeated = (
        replaced.filter(of_several)
        .sort(order, descending=[True, False, False])
        .unique(key, keep="last", maintain_order=True)
    )
    return pl.concat([replaced.filter(~of_several), repeated.select(replaced.collect_schema().names())]).drop(
        _EARLIER
    )


def _columns(table: str, register: str) -> Iterator[str]:
    """Columns of a table with ids of a register."""
    own = f"{register}.{TABLES[register].key[0]}"
    for name, column in TABLES[table].columns.items():
        if column.refers == own or f"{table}.{name}" == own or (table, name) in _FURTHER[register]:
            yield name


def _current(pairs: pl.DataFrame) -> dict[str, str]:
    """The last id of the chain that begins with each earlier one."""
    successor = dict(pairs.rows())
    current = {}
    for old in successor:
        new, steps = successor[old], 0
        while new in successor and steps < len(successor):
            new, steps = successor[new], steps + 1
        current[old] = new
    return dict(sorted(current.items()))


def _problems(frame: pl.LazyFrame, files: Sequence[str]) -> Iterator[Message]:
    rows = frame.select("old", "new", "source_file", "source_row").sort("source_file", "source_row").collect()
    places: dict[str, list[Message]] = {}
    successor: dict[str, str] = {}
    for old, new, file, row in rows.iter_rows():
        places.setdefault(old, []).append(Message("{file} row {row:,}", file=files[file], row=row))
        successor[old] = new
    for of_id in places.values():
        if len(of_id) > 1:
            yield Message("one id has several successors: {places}", places=of_id)
    checked: set[str] = set()
    for old in successor:
        path: list[str] = []
        at: str | None = old
        while at is not None and at not in checked and at not in path:
            path.append(at)
            at = successor.get(at)
        if at in path:
            chain = path[path.index(at) :]
            yield Message(
                "ids follow each other in a circle: {places}", places=[places[each][0] for each in chain]
            )
        checked.update(path)
