"""A pack from its files: what follows from them is computed, and everything is listed with its hash."""

from __future__ import annotations

from collections.abc import Mapping

from detection.pack.archive import sha256
from detection.pack.charts import charts
from detection.pack.index_page import index_page
from detection.pack.layout import ADDED, FORMAT, INDEX, MANIFEST, SUMS, SUMS_OF_FILES, Members, json_bytes
from detection.pack.sums import SUM_COLUMNS, sum_rows, sums_of
from detection.pack.tables import csv_bytes


def derived(contents: Members) -> dict[str, bytes]:
    """What follows from the files of a pack: sums, charts and the index.

    Raises:
        ValueError: a file is not as this version writes it.
        KeyError: a file, a column, or the alert of a row is not there.
    """
    sums = sums_of(contents)
    return {
        SUMS: csv_bytes(SUM_COLUMNS, sum_rows(sums)),
        **charts(contents),
        INDEX: index_page(contents, sums),
    }


def complete(contents: Members, added: Mapping[str, bytes] | None = None) -> dict[str, bytes]:
    """All members of a pack.

    Args:
        contents: its files.
        added: what is added and not compared, by name: pictures, identities.
    """
    more = {f"{ADDED}{name}": content for name, content in (added or {}).items()}
    members = {**contents, **derived(contents), **more}
    members[MANIFEST] = manifest(members)
    members[SUMS_OF_FILES] = sums_of_files(members)
    return members


def manifest(members: Members) -> bytes:
    """The list of the members with size and hash, those apart that are not compared."""
    listed = [path for path in sorted(members) if path not in (MANIFEST, SUMS_OF_FILES)]
    return json_bytes(
        {
            "format": FORMAT,
            "members": [_listed(path, members) for path in listed if not path.startswith(ADDED)],
            "added": [_listed(path, members) for path in listed if path.startswith(ADDED)],
        }
    )


def sums_of_files(members: Members) -> bytes:
    """The hashes of all members, the manifest among them, as ``sha256sum --check`` reads them."""
    line = "{}  {}\n".format
    return "".join(
        line(sha256(members[path]), path) for path in sorted(members) if path != SUMS_OF_FILES
    ).encode()


def _listed(path: str, members: Members) -> dict[str, object]:
    return {"path": path, "bytes": len(members[path]), "sha256": sha256(members[path])}
