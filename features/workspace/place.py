"""Where a workspace is: its folder, and for a team the PostgreSQL database of its alerts.

The address of a database comes from the environment, which only the command line and the screens read:

    FUNDWATCH_DATABASE_URL=postgresql://USER:PASSWORD@HOST:5432/DATABASE?sslmode=verify-full&sslrootcert=FILE
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from features.errors import UsageError

VARIABLE = "FUNDWATCH_DATABASE_URL"
"""Name of the environment variable with the address of a database."""
_FORM = "postgresql://USER:PASSWORD@HOST:5432/DATABASE"
_PORT = 5432
_SCHEMES = ("postgresql", "postgres")
_OPTIONS = ("host", "sslmode", "sslrootcert")
_ENCRYPTION = ("disable", "require", "verify-full")
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Database:
    """A PostgreSQL database that holds the alerts of one workspace; as text, its address without the password.

    Attributes:
        host: name of the server, or the folder of its socket.
        encryption: ``verify-full`` (the server proves who it is), ``require`` or ``disable``. Without a word in the
            address: ``disable`` on this machine, ``verify-full`` for any other.
        authorities: file with the certificates that are trusted; None for those of the system.
        workspace: id of the workspace whose alerts it holds; empty before `features.workspace.open_workspace`.
        made: whether that workspace has put its tables there already.
    """

    host: str
    port: int
    name: str
    user: str
    password: str = field(repr=False)
    encryption: str
    authorities: Path | None = None
    workspace: str = ""
    made: bool = False

    @property
    def socket(self) -> bool:
        """Whether the server is reached by a file of this machine."""
        return self.host.startswith("/")

    def __str__(self) -> str:
        """The address, without the password."""
        if self.socket:
            return f"postgresql://{self.user}@/{self.name}?host={self.host}"
        return f"postgresql://{self.user}@{self.host}:{self.port}/{self.name}"


@dataclass(frozen=True)
class Place:
    """A workspace's folder, and the database of its alerts; None where they are in a SQLite file of the folder."""

    root: Path
    database: Database | None = None


Where = Path | Place
"""A path alone is the workspace of one desk, whose alerts are in its folder."""
StoreLocation = Path | Database
"""Where alerts are: a SQLite file, or a database."""


def place_of(where: Where) -> Place:
    """The folder and the database that are meant."""
    return where if isinstance(where, Place) else Place(where)


def database_of(environment: Mapping[str, str]) -> Database | None:
    """The database that the environment names; None where it names none.

    Raises:
        UsageError: what stands there is no address. The message does not repeat it: it may hold a password.
    """
    text = environment.get(VARIABLE, "").strip()
    if not text:
        return None
    try:
        return _database(urlsplit(text))
    except ValueError:
        raise UsageError(
            "The address of the database cannot be read.",
            where=VARIABLE,
            next_step="write it as {form}; in a user or password, write other characters than letters and digits as "
            "%XX; after ? there may be: {options}",
            form=_FORM,
            options=", ".join(f"{name}=" for name in _OPTIONS),
        ) from None


def _database(address: SplitResult) -> Database:
    options = dict(parse_qsl(address.query, keep_blank_values=True, strict_parsing=bool(address.query)))
    host, name = options.get("host") or address.hostname or "", unquote(address.path[1:])
    here = host.startswith("/") or host in _THIS_MACHINE
    encryption = options.get("sslmode", "disable" if here else "verify-full")
    wrong = (
        address.scheme not in _SCHEMES,
        not (host and name and address.username),
        bool(address.fragment),
        not set(options) <= set(_OPTIONS),
        encryption not in _ENCRYPTION,
    )
    if any(wrong):
        raise ValueError
    return Database(
        host=host,
        port=address.port or _PORT,
        name=name,
        user=unquote(address.username or ""),
        password=unquote(address.password or ""),
        encryption=encryption,
        authorities=Path(options["sslrootcert"]) if "sslrootcert" in options else None,
    )
