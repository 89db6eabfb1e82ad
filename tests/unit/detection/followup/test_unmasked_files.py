"""Files with real ids leave once a second person approved them; files of the terminal are recorded."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from support.drafts import a_draft
from support.signing_in import add_user
from support.store_runs import Store

from detection.accounts.rights import Actor, NotAllowedError, Role
from detection.followup.papers import LetterRequest, letter
from detection.followup.requests import WaitsForSecondError, decide, requests_waiting_for
from detection.followup.unmasked import FileRequest, export_file
from detection.store.queries import Filters
from detection.store.queries.disclosure.log import last_exports, last_reveals
from detection.store.queries.reader import open_store
from features.errors import UsageError

TEN, LATER = "2024-07-03T10:00:00", "2024-07-03T10:30:00"
REASON = "hearing on Friday"
WANG, READER = Actor("wang", Role.supervisor), Actor("sun", Role.reader)
LI = Actor("li", Role.inspector)


@pytest.fixture
def full(store: Store) -> Store:
    """A workspace with users, of whom li is at the terminal."""
    store.run("r1", a_draft("anna"), a_draft("two"))
    add_user(store.workspace.root, "li", Role.inspector)
    add_user(store.workspace.root, "sun", Role.reader)
    add_user(store.workspace.root, "chen", Role.supervisor, ("320602",))
    return store


def wanted(store: Store, **changed: Any) -> FileRequest:
    return replace(FileRequest("alerts", "csv", store.workspace.root.parent / "out.csv"), **changed)


def revealed(store: Store, file: FileRequest, account: str = "li", at: str = TEN) -> int:
    return export_file(store.workspace.root, file, account=account, at=at, reveal=True, reason=REASON)


def test_real_ids_leave_once_another_person_approved_it(full: Store) -> None:
    file = wanted(full)
    for _ in range(2):
        with pytest.raises(WaitsForSecondError, match="Request 1 waits"):
            revealed(full, file)
    assert not file.out.exists()
    with open_store(full.workspace) as reader:
        assert last_reveals(reader, 5) == [] and last_exports(reader, 5) == []
        [request] = requests_waiting_for(reader, WANG)
        assert requests_waiting_for(reader, READER) == []
    assert (request.wanted.subject, request.wanted.detail) == (
        "export alerts",
        "format=csv&list=all&ids=real",
    )
    with pytest.raises(UsageError, match="Your role"):
        decide(full.workspace.root, 1, "approved", actor=READER, at=LATER)
    decide(full.workspace.root, 1, "approved", actor=WANG, at=LATER)
    with pytest.raises(WaitsForSecondError, match="Request 2"):
        revealed(full, wanted(full, filters=Filters(status="new")), at=LATER)
    assert revealed(full, file, at=LATER) == 2
    assert "anna" in file.out.read_text(encoding="utf-8-sig")
    with open_store(full.workspace) as reader:
        [reveal], [export] = last_reveals(reader, 5), last_exports(reader, 5)
    assert (reveal.actor, reveal.what, export.detail) == ("li", "export alerts", "list=all&ids=real")
    with pytest.raises(WaitsForSecondError, match="Request 3"):
        revealed(full, file, at=LATER)


@pytest.mark.parametrize("account", ["root", "sun", "chen"])
def test_who_is_no_user_with_the_right_for_the_whole_fund_makes_no_request(full: Store, account: str) -> None:
    with pytest.raises(NotAllowedError):
        revealed(full, wanted(full), account)
    with open_store(full.workspace) as reader:
        assert requests_waiting_for(reader, WANG) == []


def test_a_masked_file_is_recorded_and_waits_for_no_approval(full: Store) -> None:
    masked = partial(export_file, full.workspace.root, wanted(full), at=TEN)
    assert masked(account="root") == 2
    with open_store(full.workspace) as reader:
        [export] = last_exports(reader, 5)
    assert (export.actor, export.what, export.rows) == ("root", "export alerts", 2)


def test_where_one_person_works_alone_nothing_waits(store: Store) -> None:
    store.run("r1", a_draft("anna"))
    assert revealed(store, wanted(store), "root") == 1


def test_what_cannot_be_written_makes_no_request(full: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        revealed(full, wanted(full, out=tmp_path / "nowhere" / "out.csv"))
    with open_store(full.workspace) as reader:
        assert requests_waiting_for(reader, WANG) == []


def test_a_letter_with_real_ids_waits_for_another_person_too(full: Store) -> None:
    alert_id, root = a_draft("anna").alert_id, full.workspace.root
    sent = partial(
        letter,
        root,
        [alert_id],
        LetterRequest(TEN[:10], "", "", "", "", 10),
        language="en",
        actor=LI,
        reason=REASON,
    )
    assert sent(at=TEN), "a masked one needs nobody"
    with pytest.raises(WaitsForSecondError, match="Request 1 waits"):
        sent(reveal=True, at=TEN)
    decide(root, 1, "approved", actor=WANG, at=LATER)
    assert sent(reveal=True, at=LATER)
    with pytest.raises(WaitsForSecondError, match="Request 2 waits"):
        sent(reveal=True, at=LATER)
    with pytest.raises(UsageError, match="alert"):
        letter(root, ["A-none"], LetterRequest(TEN[:10], "", "", "", "", 10), language="en", actor=LI, at=TEN,
               reveal=True, reason=REASON)  # fmt: skip
