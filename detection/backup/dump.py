"""The alerts of a team's database in a backup: PostgreSQL's own programs, which see one state of it."""

from __future__ import annotations

import os
import re
import shutil
import ssl
import subprocess
from pathlib import Path

from features.errors import StoreError
from features.message import Message, verbatim
from features.workspace.place import Database

DUMP = "store.dump"
"""Name of the dump in a backup."""
_SHOWN = 3
_ABOUT_THE_SERVER = re.compile(
    r"pg_(dump|restore): error: (connection|could not (?!execute)|server version|permission)"
)


def dump(database: Database, file: Path) -> None:
    """Write a dump of a database.

    Raises:
        StoreError: ``pg_dump`` is missing or refuses.
    """
    _run("pg_dump", database, "--format=custom", "--no-owner", "--no-privileges", f"--file={file}")


def load(file: Path, database: Database) -> None:
    """Bring a dump back into a database that has no tables; all of it or nothing.

    Raises:
        StoreError: ``pg_restore`` is missing or refuses.
    """
    options = ("--no-owner", "--no-privileges", "--single-transaction", "--exit-on-error")
    _run("pg_restore", database, *options, f"--dbname={database.name}", str(file))


def _run(program: str, database: Database, *options: str) -> None:
    """Run a program of PostgreSQL; the password is in its environment, which other accounts do not see."""
    path = shutil.which(program)
    environment = {
        "PATH": os.defpath,
        "PGDATABASE": database.name,
        "PGHOST": database.host,
        "PGPASSWORD": database.password,
        "PGPORT": str(database.port),
        "PGSSLMODE": database.encryption,
        "PGUSER": database.user,
        **_authorities(database),
    }
    problems = [verbatim("not installed")]
    if path is not None:
        done = subprocess.run([path, *options], env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        problems = _printable(done.stderr, done.returncode)
    raise StoreError(
        "The program {program} of PostgreSQL could not do its work.",
        where=str(database),
        next_step="install the client programs of the server's version; restore into a database without tables",
        problems=problems,
        program=program,
    )


def _printable(errors: str, code: int) -> list[Message]:
    """Lines that are about the connection and the rights: all others may quote rows of a table."""
    lines = [verbatim(line) for line in errors.splitlines() if _ABOUT_THE_SERVER.match(line)]
    if lines:
        return lines[:_SHOWN]
    return [Message("it ended with code {code}; the log of the database server says why", code=code)]


def _authorities(database: Database) -> dict[str, str]:
    """Who certifies the server; without a word, whom this machine trusts, as the driver does."""
    if database.authorities is not None:
        return {"PGSSLROOTCERT": str(database.authorities)}
    if database.encryption == "verify-full":
        return {"PGSSLROOTCERT": ssl.get_default_verify_paths().cafile or "system"}
    return {}
