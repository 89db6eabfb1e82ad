"""A real PostgreSQL server of the tests: started once, in a temporary folder, under an account without rights."""

from __future__ import annotations

import getpass
import os
import pwd
import shutil
import subprocess
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from tempfile import mkdtemp
from typing import cast
from urllib.parse import quote

from detection.store.engines import postgresql
from detection.store.migrations import upgrade
from features.workspace.place import VARIABLE, Database, database_of

WRITER, READER = "writer", "reader"
PASSWORD = "p@ss/w?rd%"
"""Every character that an address must write in another way."""
AS_THE_STORE_NEEDS = ("--template=template0", "--encoding=UTF8", "--locale=C")
_ADMINISTRATOR = "admin"
_ACCOUNTS = ("postgres", "nobody")
_PORT = 54_321  # of a socket in a folder of its own: no other server can have it
_SETTINGS = {
    "listen_addresses": "''",
    "port": str(_PORT),
    "fsync": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "max_wal_size": "64MB",
}


@dataclass(frozen=True)
class Server:
    """A server that runs; it is reached by a socket in ``folder``."""

    programs: Path
    folder: Path

    def address(self, name: str, *, user: str = WRITER, password: str = PASSWORD) -> str:
        """What the environment would say of a database."""
        return f"postgresql://{user}:{quote(password, safe='')}@:{_PORT}/{name}?host={self.folder}"

    def database(self, name: str, *, user: str = WRITER, password: str = PASSWORD) -> Database:
        """A database of the server."""
        address = self.address(name, user=user, password=password)
        return cast("Database", database_of({VARIABLE: address}))

    def new_database(self, *options: str) -> Database:
        """An empty database."""
        name = f"d{uuid.uuid4().hex[:12]}"
        self.run("createdb", f"--owner={WRITER}", *(options or AS_THE_STORE_NEEDS), name)
        return self.database(name)

    def database_with_tables(self) -> Database:
        """A database with the tables of a store, which belongs to no workspace yet."""
        return self.new_database(f"--template={self._template}")

    @cached_property
    def _template(self) -> str:
        database = self.new_database()
        engine = postgresql.writing(database)
        with engine.begin() as connection:
            upgrade(connection)
        engine.dispose()  # a database that somebody uses cannot be copied
        return database.name

    def drop(self, database: Database) -> None:
        """Remove a database, whoever uses it: each takes 8 MB."""
        self.query(None, f"DROP DATABASE {database.name} WITH (FORCE)")

    def query(self, database: Database | None, statement: str) -> str:
        """What ``psql`` answers to the administrator."""
        name = database.name if database else "postgres"
        return self.run("psql", "--quiet", "--no-align", "--tuples-only", f"--dbname={name}", "-c", statement)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of the server's programs on it, as its administrator; its output."""
        where = (f"--host={self.folder}", f"--port={_PORT}", f"--username={_ADMINISTRATOR}")
        done = subprocess.run(
            [str(self.programs / program), *where, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PGPASSWORD": PASSWORD},
        )
        return done.stdout.strip()


@cache
def programs() -> Path | None:
    """The folder of the server's programs; None where they are not installed."""
    program = shutil.which("pg_config")
    if program is None:
        return None
    answered = subprocess.run([program, "--bindir"], check=True, capture_output=True, text=True)
    folder = Path(answered.stdout.strip())
    return folder if (folder / "initdb").exists() and _account() else None


@contextmanager
def running_server(**changed: str) -> Iterator[Server]:
    """A server in a new folder, stopped and removed at the end; ``changed`` are settings of its configuration."""
    server = Server(cast("Path", programs()), Path(mkdtemp(prefix="fundwatch-pg-")))
    folder, data, secret = server.folder, server.folder / "data", server.folder / "password"
    secret.write_text(PASSWORD)
    for path in (folder, secret):
        shutil.chown(path, _account())
    folder.chmod(0o755)
    settings = " ".join(f"-c {name}={value}" for name, value in (_SETTINGS | changed).items())
    authentication = ("--auth=scram-sha-256", f"--username={_ADMINISTRATOR}", f"--pwfile={secret}")
    started = ("--wait", f"--log={folder / 'log'}", "-o", f"{settings} -c unix_socket_directories={folder}")
    try:
        _as_account(server, "initdb", *authentication, "--encoding=UTF8", "--locale=C", "--no-sync")
        _as_account(server, "pg_ctl", "start", *started)
        for role in (WRITER, READER):
            server.query(None, f"CREATE ROLE {role} LOGIN PASSWORD '{PASSWORD}'")
        yield server
    finally:
        if (data / "postmaster.pid").exists():
            _as_account(server, "pg_ctl", "stop", "--mode=immediate")
        shutil.rmtree(folder)


def _account() -> str:
    """An account that may run the server, which refuses root; empty where there is none."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in _ACCOUNTS if name in known), "")


def _as_account(server: Server, program: str, *arguments: str) -> None:
    subprocess.run(
        [str(server.programs / program), f"--pgdata={server.folder / 'data'}", *arguments],
        check=True,
        user=_account() if os.geteuid() == 0 else None,
        cwd=server.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
