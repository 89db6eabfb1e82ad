"""The record of reveals and files, on the data page: of the whole fund, so for those who see all of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.signing_in import LI, WHEN, add_user

from detection.accounts.rights import Role
from detection.followup.reveals import reveal
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
REASON = "hearing of the ninth of May"


@pytest.fixture
def revealed(sample_to_change: Path) -> Path:
    """A workspace in which an id was revealed."""
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        person = next(row.pseudonym for row in rows(reader, Filters()) if row.subject_kind == "person")
    reveal(sample_to_change, person, reason=REASON, actor=LI, at=WHEN)
    return sample_to_change


def test_a_user_of_districts_does_not_see_the_record_of_the_fund(revealed: Path, open_page: OpenPage) -> None:
    add_user(revealed, "wang", Role.supervisor)
    add_user(revealed, "chen", Role.supervisor, ("320602",))

    def shown(name: str) -> str:
        app = open_page(revealed, "data", signed_in_as=name, part="log")
        assert not app.exception and app.html
        return "\n".join(str(piece.value) for piece in (*app.html, *app.markdown))

    assert REASON in shown("wang")
    assert REASON not in shown("chen")
