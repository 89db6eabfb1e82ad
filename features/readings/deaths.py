"""Leave out days of death that cannot be: programs write a day before the birth where nobody died."""

from __future__ import annotations

import narwhals.stable.v2 as nw

from features.tables import Tables


def with_possible_deaths(tables: Tables) -> Tables:
    """The tables without days of death before the day of birth: when somebody died, if at all, is then not known."""
    if not tables.has("persons", "birth_date", "death_date"):
        return tables
    impossible = (nw.col("death_day") < nw.col("birth_day")).fill_null(False)
    return tables.replacing(
        persons=tables.persons.with_columns(
            nw.when(~impossible).then(nw.col(name)).alias(name) for name in ("death_date", "death_day")
        )
    )
