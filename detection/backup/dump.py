"""The alerts of a team's database in a backup: PostgreSQL's own programs, which see one state of it."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from features.errors import StoreError
from features.message import verbatim
from features.workspace.place import Database

DUMP = "store.dump"
"""Name of the dump in a backup."""
_SHOWN = 3


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
        **({} if database.authorities is None else {"PGSSLROOTCERT": str(database.authorities)}),
    }
    problems = ["not installed"]
    if path is not None:
        done = subprocess.run([path, *options], env=environment, capture_output=True, text=True, check=False)
        if done.returncode == 0:
            return
        problems = done.stderr.splitlines()[:_SHOWN]
    raise StoreError(
        "The program {program} of PostgreSQL could not do its work.",
        where=str(database),
        next_step="install the client programs of the server's version; restore into a database without tables",
        problems=[verbatim(line) for line in problems],
        program=program,
    )
