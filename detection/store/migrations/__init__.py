"""How the store's tables came to be, one step per file in versions/; run by Alembic."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, inspect, text


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the store's tables to a revision, the newest one by itself, inside the caller's transaction.

    Args:
        connection: a connection of `detection.store.connection.writing`, in a transaction.
        revision: where to stop.
    """
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def revision_of(connection: Connection) -> str | None:
    """The revision that the store's tables have; None where there are none. Alembic, which is slow, is not loaded."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    return None if revision is None else str(revision)
