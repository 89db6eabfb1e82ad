"""Translate the column names of a mapping to those of a file: aliases, letter case, underscores.

A mapping names each field once. The translation happens before a row is read, so all later code uses the file's
own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from features.contract import Column
from features.errors import WordedError
from features.intake.mapping.model import MAYBE, ColumnMapping, Exclusion, Mapping, column_of
from features.intake.mapping.texts import Conditions
from features.message import Message

_NO_LETTER_OR_DIGIT = re.compile(r"[^0-9a-z.\u4e00-\u9fff]")


def loosely(name: str) -> str:
    """A name without case, underscores and blanks: ``psnCash_pay`` and ``PSN_CASH_PAY`` become equal."""
    return _NO_LETTER_OR_DIGIT.sub("", name.lower())


class AmbiguousNameError(WordedError, LookupError):
    """Two columns of a file match one name. The text is one entry of a list of problems."""


@dataclass(frozen=True)
class Names:
    """The columns of a table's files, and the rules to match names with them.

    Attributes:
        columns: the columns.
        mapping: has the aliases, and whether names are compared loosely.
    """

    columns: frozenset[str]
    mapping: Mapping

    def find(self, name: str) -> str | None:
        """The file's column of this name, or of the first alias that it has; None if there is none.

        Raises:
            AmbiguousNameError: several columns differ from the name in case and underscores only.
        """
        prefix, dot, bare = name.rpartition(".")
        for known in (bare, *self.mapping.aliases.get(bare, ())):
            file_name = self._of(f"{prefix}{dot}{known}")
            if file_name is not None:
                return file_name
        return None

    def _of(self, name: str) -> str | None:
        if name in self.columns:
            return name
        same = loosely if self.mapping.loose else str.casefold
        alike = sorted(other for other in self.columns if same(other) == same(name))
        if len(alike) > 1:
            raise AmbiguousNameError(Message("{names} are one name in another case; keep one", names=alike))
        return alike[0] if alike else None


def named_in_file(mapping: ColumnMapping, names: Names) -> ColumnMapping | None:
    """The mapping with the file's names; None if it is optional and the file lacks the columns it needs.

    A missing name of a required mapping stays as it is; the planner reports it.
    """
    if not mapping.optional:
        return _renamed(mapping, names)
    cells = tuple(name for name in mapping.first_of if names.find(name) is not None)
    terms = tuple(term for term in mapping.total if names.find(column_of(term)) is not None)
    needed = [term for term in mapping.total if not term.endswith(MAYBE)]
    cases = tuple(
        replace(case, when={name: values for name, values in case.when.items() if names.find(name)})
        for case in mapping.cases
        if _can_hold(case.when, names)
    )
    source = mapping.source if mapping.source and names.find(mapping.source) is not None else None
    whole = all(names.find(column_of(term)) is not None for term in needed)
    left = replace(
        mapping,
        source=source,
        first_of=cells,
        total=terms if whole else (),
        cases=cases,
        only_when={name: values for name, values in mapping.only_when.items() if names.find(name)},
        day_from=tuple(name for name in mapping.day_from if names.find(name)),
    )
    has_value = left.cells() or left.constant is not None or left.made
    return _renamed(left, names) if has_value or left.cases else None


def own_name(column: Column, mapping: ColumnMapping | None, names: Names) -> ColumnMapping | None:
    """The replacement of a column that the file lacks under every name of the mapping.

    It is the column of the contract's own name, else the value of empty cells of a required column.
    """
    file_name = names.find(column.name)
    if file_name is not None:
        return ColumnMapping(source=file_name)
    if mapping is not None and column.required and mapping.when_null is not None:
        return ColumnMapping(constant=mapping.when_null)
    return None


def select_rules(rules: Iterable[Exclusion], names: Names) -> Iterator[Exclusion]:
    """The rules with the file's names, without optional rules whose columns the file lacks."""
    for rule in rules:
        file_name = [names.find(name) for name in rule.reads()]
        if all(file_name) or not rule.optional:
            yield replace(
                rule,
                column=_in_file(rule.column, names),
                differs_from=None if rule.differs_from is None else _in_file(rule.differs_from, names),
            )


def conditions_in_file(when: Conditions, names: Names) -> Conditions:
    """The conditions with the file's names."""
    return {_in_file(name, names): values for name, values in when.items()}


def _renamed(mapping: ColumnMapping, names: Names) -> ColumnMapping:
    return replace(
        mapping,
        source=None if mapping.source is None else _in_file(mapping.source, names),
        first_of=tuple(_in_file(name, names) for name in mapping.first_of),
        total=tuple(_term(term, names) for term in mapping.total),
        cases=tuple(replace(case, when=conditions_in_file(case.when, names)) for case in mapping.cases),
        only_when=conditions_in_file(mapping.only_when, names),
        day_from=tuple(_in_file(name, names) for name in mapping.day_from),
    )


def _term(term: str, names: Names) -> str:
    minus, maybe = term.startswith("-"), term.endswith(MAYBE)
    return f"{'-' * minus}{_in_file(column_of(term), names)}{MAYBE * maybe}"


def _in_file(name: str, names: Names) -> str:
    return names.find(name) or name


def _can_hold(when: Conditions, names: Names) -> bool:
    """Whether every column exists; a column that must be empty may be missing."""
    return all(names.find(name) is not None or "" in values for name, values in when.items())
