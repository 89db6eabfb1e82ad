"""Guess how the tables of the contract are made of files with unknown names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from features.contract import TABLES, Column, Kind, Table
from features.contract.vocabulary import UNKNOWN
from features.intake.drafting.fitting import Fit, day_formats, fit
from features.intake.drafting.names import known_names
from features.intake.drafting.survey import NULL_WORDS, Surveyed
from features.intake.drafting.toml import Draft, DraftColumn, DraftTable, Value

LEAST = 0.55
"""Likeness from which a name is taken for a column."""
_FILE = 0.6
"""Likeness from which a file's name is taken for a table."""
_CONTAINED = 0.9
"""Share of the keys of claims that a register must have."""
_CLAIMS = ("settlement_id", "person_id", "provider_id", "settled_at", "total_amount", "pool_paid")
_NEEDED = ("settlement_id", "person_id", "provider_id", "settled_at")
_OTHERS = ("charge_lines", "account_entries", "contributions", "family_authorizations")
GUESS = "guess"


class NoGuessError(LookupError):
    """No file looks like claims. The text says what was looked for; ``files`` are those that were looked at."""

    files: tuple[Surveyed, ...] = ()


class UnreadableTableError(NoGuessError):
    """Files with the names of the contract cannot be read. The text names them."""


@dataclass(frozen=True)
class Choice:
    """A source column that is taken for a contract column."""

    source: str
    score: float
    fit: Fit

    def written(self) -> DraftColumn:
        """The column as a mapping states it."""
        value: Value = {"from": self.source, **self.fit.entries} if self.fit.entries else self.source
        return DraftColumn(value, "; ".join(filter(None, [f"{GUESS}: by its name", self.fit.doubt])))


@dataclass
class Guesser:
    """Guesses from surveyed files.

    Attributes:
        files: the readable files.
        keys: different values of columns that were read, by file and column.
    """

    files: Sequence[Surveyed]
    keys: dict[tuple[str, str], set[str]] = field(default_factory=dict)

    def draft(self) -> Draft:
        """The draft with persons, enrolments, providers, settlements, and others whose files are named alike.

        Raises:
            NoGuessError: no file has a key, a person, an institution and a day.
        """
        claims, chosen = self._claims()
        draft = Draft({"null": [word for word in NULL_WORDS if word]})
        people = self._register("persons", "person_id", claims, chosen["person_id"].source)
        places = self._register("providers", "provider_id", claims, chosen["provider_id"].source)
        draft.tables["persons"] = people or _distinct(claims, chosen, "persons")
        draft.tables["enrolments"] = self._enrolments(claims, chosen) or _distinct(
            claims, chosen, "enrolments"
        )
        draft.tables["providers"] = places or _distinct(claims, chosen, "providers")
        draft.tables["settlements"] = _settlements(claims, chosen)
        for name in _OTHERS:
            guessed = self._other(name, claims)
            if guessed is not None:
                draft.tables[name] = guessed
        return draft

    def _claims(self) -> tuple[Surveyed, dict[str, Choice]]:
        """The file that looks most like settlements, and its columns."""
        best: tuple[float, Surveyed, dict[str, Choice]] | None = None
        for file in self.files:
            chosen = choices(file, TABLES["settlements"], key="settlement_id")
            if not set(_NEEDED) <= set(chosen):
                continue
            score = sum(chosen[name].score for name in _CLAIMS if name in chosen)
            score += known_names().file(file.name, "settlements") - known_names().file(
                file.name, "charge_lines"
            )
            if best is None or score > best[0]:
                best = (score, file, chosen)
        if best is None:
            raise NoGuessError(", ".join(_NEEDED))
        return best[1], best[2]

    def _register(self, table: str, key: str, claims: Surveyed, source: str) -> DraftTable | None:
        """A file whose key has the keys of the claims."""
        wanted = self._keys(claims, source)
        named = known_names()
        candidates = sorted(
            (
                (-named.file(file.name, table) - named.column(column, table, key), file.name, column, place)
                for place, file in enumerate(self.files)
                if file is not claims
                for column in file.sample.columns
                if _unique(file, column)
            ),
        )
        for _, _, column, place in candidates:
            file = self.files[place]
            if _contains(self._keys(file, column), wanted):
                chosen = choices(file, TABLES[table], given={key: column})
                return _written(
                    file, TABLES[table], chosen, f"{GUESS}: its {column} has the keys of the claims"
                )
        return None

    def _enrolments(self, claims: Surveyed, chosen: Mapping[str, Choice]) -> DraftTable | None:
        """A file named like enrolments that names the people of the claims, with a first day."""
        wanted = self._keys(claims, chosen["person_id"].source)
        for file in self.files:
            if file is claims or known_names().file(file.name, "enrolments") < _FILE:
                continue
            columns = choices(file, TABLES["enrolments"])
            person = columns.get("person_id")
            if person and "start_date" in columns and _contains(self._keys(file, person.source), wanted):
                return _written(file, TABLES["enrolments"], columns, f"{GUESS}: by its name and its people")
        return None

    def _other(self, name: str, claims: Surveyed) -> DraftTable | None:
        """Another table, if a file is named alike and has every required column."""
        table = TABLES[name]
        for file in self.files:
            if file is claims or known_names().file(file.name, name) < _FILE:
                continue
            chosen = choices(file, table)
            if set(table.required_columns()) <= set(chosen):
                return _written(file, table, chosen, f"{GUESS}: by its name")
        return None

    def _keys(self, file: Surveyed, column: str) -> set[str]:
        if (file.name, column) not in self.keys:
            self.keys[file.name, column] = file.keys(column)
        return self.keys[file.name, column]


def choices(
    file: Surveyed, table: type[Table], *, key: str = "", given: Mapping[str, str] | None = None
) -> dict[str, Choice]:
    """The columns of a file that are taken for columns of a table, the likest first; each is taken once.

    Args:
        file: the file.
        table: the table.
        key: contract column whose values must all differ.
        given: source columns that are known already, by contract column.
    """
    known = {name: Choice(source, 1.0, Fit({})) for name, source in (given or {}).items()}
    pairs = sorted(
        (
            (known_names().column(source, table.table, name), name, source)
            for name in table.columns
            for source in file.sample.columns
        ),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    taken = {choice.source for choice in known.values()}
    for score, name, source in pairs:
        if score < LEAST or name in known or source in taken:
            continue
        if name == key and not _unique(file, source):
            continue
        way = fit(file.sample[source], table.columns[name])
        if way is not None:
            known[name] = Choice(source, score, way)
            taken.add(source)
    return known


def _written(file: Surveyed, table: type[Table], chosen: Mapping[str, Choice], comment: str) -> DraftTable:
    draft = DraftTable({"file": file.name}, comment=comment)
    for name, column in table.columns.items():
        if name in chosen:
            draft.columns[name] = chosen[name].written()
        elif column.required:
            draft.columns[name] = _invented(name, column, chosen)
    return _with_guessed(draft)


def _settlements(claims: Surveyed, chosen: Mapping[str, Choice]) -> DraftTable:
    draft = _written(claims, TABLES["settlements"], chosen, f"{GUESS}: the file that looks most like claims")
    payers = [
        name for name in ("pool_paid", "account_paid", "cash_paid", "deductible_paid") if name in chosen
    ]
    if "total_amount" not in chosen and payers:
        terms: list[Value] = [f"{chosen[name].source}?" for name in payers]
        draft.columns["total_amount"] = DraftColumn(
            {"sum": terms, "when_null": "0"}, f"{GUESS}: no total is named"
        )
    return _with_guessed(draft)


def _distinct(claims: Surveyed, chosen: Mapping[str, Choice], table: str) -> DraftTable:
    """A register made of the claims, with invented values where they say nothing."""
    key = {"persons": "person_id", "enrolments": "person_id", "providers": "provider_id"}[table]
    source = chosen[key].source
    draft = DraftTable(
        {"file": claims.name, "distinct": [source]},
        comment=f"{GUESS}: no list was recognized, so it is made of the claims; what they lack is not assessable",
    )
    for name, column in TABLES[table].columns.items():
        if name == key or name == "provider_name":
            draft.columns[name] = DraftColumn(source)
        elif name == "start_date":
            settled = chosen["settled_at"]
            value: dict[str, Value] = {"from": settled.source, "aggregate": "min"}
            if formats := day_formats(claims.sample[settled.source]):
                value["formats"] = list(formats)
            draft.columns[name] = DraftColumn(value, f"{GUESS}: the first claim")
        elif column.required:
            draft.columns[name] = _invented(name, column, chosen)
    invented = [name for name, column in draft.columns.items() if GUESS in column.comment]
    if invented:
        draft.entries["guessed"] = invented
    return draft


def _invented(name: str, column: Column, chosen: Mapping[str, Choice]) -> DraftColumn:
    """A value for a required column that no file has; the table lists it as guessed, so that nothing rests on it."""
    if name == "provider_name" and "provider_id" in chosen:
        return DraftColumn(chosen["provider_id"].source, f"{GUESS}: no name is given")
    constant = "0" if column.kind in (Kind.MONEY, Kind.QUANTITY, Kind.PRICE) else UNKNOWN
    return DraftColumn(
        {"constant": constant}, f"{GUESS}: nothing says it; state it where it is the same in all rows"
    )


def _with_guessed(draft: DraftTable) -> DraftTable:
    invented = [
        name
        for name, column in draft.columns.items()
        if isinstance(column.value, Mapping) and "constant" in column.value
    ]
    if invented:
        draft.entries["guessed"] = invented
    return draft


def _unique(file: Surveyed, column: str) -> bool:
    cells = file.sample[column]
    return cells.len() > 0 and cells.null_count() == 0 and cells.n_unique() == cells.len()


def _contains(known: set[str], wanted: set[str]) -> bool:
    return bool(wanted) and len(wanted & known) >= _CONTAINED * len(wanted)
