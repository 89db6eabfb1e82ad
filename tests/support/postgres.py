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
from pathlib import Path
from tempfile import mkdtemp
from urllib.parse import quote

from features.workspace.place import VARIABLE, Database, database_of

PASSWORD = "p@ss/w?rd%"
"""Every character that an address must write in another way."""
_OWNER = "writer"
_ACCOUNTS = ("postgres", "nobody")
_PORT = 54_321  # of a socket in a folder of its own: no other server can have it


@dataclass(frozen=True)
class Server:
    """A server that runs; it is reached by a socket in ``folder``."""

    programs: Path
    folder: Path

    def address(self, name: str, *, user: str = _OWNER, password: str = PASSWORD) -> str:
        """What the environment would say of a database."""
        return f"postgresql://{user}:{quote(password, safe='')}@:{_PORT}/{name}?host={self.folder}"

    def database(self, name: str, *, user: str = _OWNER, password: str = PASSWORD) -> Database:
        """A database of the server."""
        database = database_of({VARIABLE: self.address(name, user=user, password=password)})
        assert database is not None
        return database

    def new_database(self, *options: str) -> Database:
        """An empty database."""
        name = f"d{uuid.uuid4().hex[:12]}"
        how = options or ("--template=template0", "--encoding=UTF8", "--locale=C")
        self.run("createdb", f"--owner={_OWNER}", *how, name)
        return self.database(name)

    def query(self, database: Database | None, statement: str) -> str:
        """What ``psql`` answers to the first of all users."""
        name = database.name if database else "postgres"
        return self.run("psql", "--quiet", "--no-align", "--tuples-only", f"--dbname={name}", "-c", statement)

    def run(self, program: str, *arguments: str) -> str:
        """Run one of the server's programs on it; its output."""
        where = (f"--host={self.folder}", f"--port={_PORT}", "--username=admin")
        done = subprocess.run(
            [str(self.programs / program), *where, *arguments],
            check=True,
            capture_output=True,
            text=True,
            env=os.environ | {"PGPASSWORD": PASSWORD},
        )
        return done.stdout.strip()


def programs() -> Path | None:
    """The folder of the server's programs; None where they are not installed."""
    program = shutil.which("pg_config")
    if program is None:
        return None
    folder = Path(
        subprocess.run([program, "--bindir"], check=True, capture_output=True, text=True).stdout.strip()
    )
    return folder if (folder / "initdb").exists() and _account() else None


@contextmanager
def running_server() -> Iterator[Server]:
    """A server in a new folder, stopped and removed at the end."""
    folder_of_programs = programs()
    assert folder_of_programs is not None
    folder = Path(mkdtemp(prefix="fundwatch-pg-"))
    data, account = folder / "data", _account()
    secret = folder / "password"
    secret.write_text(PASSWORD)
    for path in (folder, secret):
        shutil.chown(path, account)
    server = Server(folder_of_programs, folder)
    folder.chmod(0o755)
    settings = {
        "listen_addresses": "",
        "port": str(_PORT),
        "unix_socket_directories": str(folder),
        "fsync": "off",
        "shared_buffers": "32MB",
        "max_connections": "60",
    }
    options = " ".join(f"-c {name}={value or repr('')}" for name, value in settings.items())
    try:
        _as(
            account,
            server,
            "initdb",
            "--auth=scram-sha-256",
            "--username=admin",
            f"--pwfile={secret}",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
            f"--pgdata={data}",
        )
        _as(
            account,
            server,
            "pg_ctl",
            "start",
            "--wait",
            f"--pgdata={data}",
            f"--log={folder / 'log'}",
            f"-o {options}",
        )
        server.query(None, f"CREATE ROLE {_OWNER} LOGIN PASSWORD '{PASSWORD}'")
        yield server
    finally:
        if (data / "postmaster.pid").exists():
            _as(account, server, "pg_ctl", "stop", "--mode=immediate", f"--pgdata={data}")
        shutil.rmtree(folder)


def _account() -> str:
    """An account that may run the server, which refuses the administrator of the machine; empty where there is none."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in _ACCOUNTS if name in known), "")


def _as(account: str, server: Server, program: str, *arguments: str) -> None:
    subprocess.run(
        [str(server.programs / program), *arguments],
        check=True,
        user=account if os.geteuid() == 0 else None,
        cwd=server.folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
