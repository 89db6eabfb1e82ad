"""Triggers that let the log grow at its end only, on SQLite and on PostgreSQL."""

from __future__ import annotations

from sqlalchemy import Connection, text

_SQLITE = {
    "audit_entry_no_update": """
        CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    "audit_entry_no_delete": """
        CREATE TRIGGER audit_entry_no_delete BEFORE DELETE ON audit_entry
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
    # INSERT OR REPLACE removes a row without its trigger.
    "audit_entry_at_the_end": """
        CREATE TRIGGER audit_entry_at_the_end BEFORE INSERT ON audit_entry
        WHEN NEW.number <> (SELECT coalesce(max(number), 0) + 1 FROM audit_entry)
        BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END""",
}

_BODY = "BEGIN RAISE EXCEPTION 'the audit log is append-only'; END"
_FUNCTION = f"""
    CREATE OR REPLACE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $body$
    {_BODY} $body$"""

_POSTGRESQL = {
    "audit_entry_no_change": """
        CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
        FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()""",
    "audit_entry_no_truncate": """
        CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse()""",
}


def protect(connection: Connection) -> None:
    """Make the triggers; part of a migration."""
    sqlite = connection.dialect.name == "sqlite"
    for statement in _SQLITE.values() if sqlite else (_FUNCTION, *_POSTGRESQL.values()):
        connection.exec_driver_sql(statement)


def unprotected(connection: Connection) -> list[str]:
    """Triggers that are missing, changed or switched off, by name."""
    if connection.dialect.name == "sqlite":
        query = text(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'audit_entry'"
        )
        present = {name: _words(sql) for name, sql in connection.execute(query)}
        return [name for name, sql in _SQLITE.items() if present.get(name) != _words(sql)]
    # A condition or a list of columns would let some changes through.
    query = text(
        "SELECT tgname, prosrc FROM pg_trigger JOIN pg_proc ON pg_proc.oid = tgfoid "
        "WHERE tgrelid = 'audit_entry'::regclass AND proname = 'audit_entry_refuse' "
        "AND tgenabled IN ('O', 'A') AND tgqual IS NULL AND tgattr::text = ''"
    )
    on = {str(name) for name, body in connection.execute(query) if _words(str(body)) == _words(_BODY)}
    return [name for name in _POSTGRESQL if name not in on]


def _words(sql: str) -> list[str]:
    return sql.split()
