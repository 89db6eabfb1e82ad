"""Many rows at once, for the tables with the most of them."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pg8000.dbapi
import polars as pl
from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

_ROWS_AT_ONCE = 50_000  # bounds the memory of a large commit, nothing else
_MARKS = {"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"}
"""How PostgreSQL's text format writes what ends a value or a row."""


def insert_frame(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    """Add the rows of a frame that has the columns of a table; JSON is text in it."""
    write = _insert if connection.dialect.name == "sqlite" else _copy
    for part in rows.select(table.columns.keys()).iter_slices(_ROWS_AT_ONCE):
        write(connection, table, part)


def _insert(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    """Plain tuples: four times faster than a dict for each row."""
    connection.exec_driver_sql(str(insert(table).compile(dialect=connection.dialect)), rows.rows())


def _copy(connection: Connection, table: Table, rows: pl.DataFrame) -> None:
    """One statement: the driver sends a row of its own after the other otherwise, and waits for each."""
    texts = pl.col(pl.String).str.replace_many(_MARKS)
    content = rows.with_columns(texts).write_csv(
        include_header=False, separator="\t", quote_style="never", null_value="\\N"
    )
    quoted = connection.dialect.identifier_preparer.quote
    columns = ", ".join(quoted(column.name) for column in table.columns)
    driver: Any = connection.connection.driver_connection
    statement = f"COPY {quoted(table.name)} ({columns}) FROM STDIN"
    try:
        driver.cursor().execute(statement, stream=BytesIO(content.encode()))
    except pg8000.dbapi.Error as error:
        raise DBAPIError.instance(statement, None, error, pg8000.dbapi.Error) from None
