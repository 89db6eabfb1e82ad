"""Beyond a day's number of identities a second person decides: the request, the decision, what is shown then."""

from __future__ import annotations

import sqlite3
from functools import partial

import pytest
from support.drafts import a_draft
from support.signing_in import add_user
from support.store_runs import Store

from detection.accounts.rights import Actor, NotAllowedError, Role
from detection.followup.limits import limits
from detection.followup.requests import WaitsForSecondError, decide, requests_of, requests_waiting_for
from detection.followup.reveals import print_identity, reveal
from detection.masking import mask
from detection.store.queries.reader import open_store
from features.errors import UsageError

TEN, LATER, NEXT_WEEK = "2024-07-03T10:00:00", "2024-07-03T10:30:00", "2024-07-10T10:00:00"
REASON = "hearing on Friday"
LI, WANG = Actor("li", Role.inspector), Actor("wang", Role.supervisor)
READER, OF_A_DISTRICT = Actor("sun", Role.reader), Actor("chen", Role.inspector, ("320602",))


@pytest.fixture
def full(store: Store) -> Store:
    """Li was shown as many identities today as one person may see alone."""
    store.run("r1", a_draft("one"), a_draft("two"))
    add_user(store.workspace.root, "li", Role.inspector)
    for _ in range(limits().reveals_a_day):
        reveal(store.workspace.root, masked(store, "one"), reason=REASON, actor=LI, at=TEN)
    return store


def masked(store: Store, identity: str) -> str:
    return mask(store.workspace.pseudonym_key(), identity, "person")


def waiting(store: Store, actor: Actor) -> list[int]:
    with open_store(store.workspace) as reader:
        return [request.number for request in requests_waiting_for(reader, actor)]


def entered(store: Store) -> list[tuple[str, str, str]]:
    with sqlite3.connect(store.workspace.store_file) as connection:
        return list(connection.execute("SELECT action, actor, object FROM audit_entry ORDER BY number"))


def test_the_request_of_one_person_is_approved_by_another_and_shown_once(full: Store) -> None:
    pseudonym = masked(full, "two")
    shown = partial(reveal, full.workspace.root, pseudonym, reason=REASON, actor=LI, minutes=15)
    for _ in range(2):
        with pytest.raises(WaitsForSecondError, match="Request 1 waits"):
            shown(at=TEN)
    assert (waiting(full, WANG), waiting(full, LI)) == ([1], [])
    decide(full.workspace.root, 1, "approved", actor=WANG, at=LATER)
    with open_store(full.workspace) as reader:
        [own] = requests_of(reader, LI, LATER)
    assert (own.state, own.second, own.wanted.minutes) == ("approved", "wang", 15)
    revealed = shown(at=LATER)
    assert (revealed.identity, revealed.until) == ("two", "2024-07-03T10:45:00")
    with pytest.raises(WaitsForSecondError, match="Request 2 waits"):
        shown(at=LATER)
    about = f"identity:{pseudonym}"
    assert entered(full)[-4:] == [
        ("ask_request", "li", about), ("approve_request", "wang", about), ("reveal", "li", about),
        ("ask_request", "li", about),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("actor", "error"), [(LI, "their own request"), (READER, "Your role"), (OF_A_DISTRICT, "your districts")]
)
def test_an_author_or_who_may_not_see_it_approves_nothing(full: Store, actor: Actor, error: str) -> None:
    with pytest.raises(WaitsForSecondError):
        reveal(full.workspace.root, masked(full, "two"), reason=REASON, actor=LI, at=TEN)
    with pytest.raises(UsageError, match=error):
        decide(full.workspace.root, 1, "approved", actor=actor, at=LATER)
    with pytest.raises(WaitsForSecondError):
        reveal(full.workspace.root, masked(full, "two"), reason=REASON, actor=LI, at=LATER)
    assert [action for action, *_ in entered(full)][-1] == "refusal"


def test_what_was_refused_withdrawn_or_is_old_shows_nothing(full: Store) -> None:
    wanted = partial(reveal, full.workspace.root, masked(full, "two"), reason=REASON, actor=LI, at=TEN)
    with pytest.raises(WaitsForSecondError):
        wanted()
    with pytest.raises(UsageError, match="refused for a reason"):
        decide(full.workspace.root, 1, "refused", actor=WANG, at=TEN)
    decide(full.workspace.root, 1, "refused", actor=WANG, reason="not of this case", at=TEN)
    with pytest.raises(WaitsForSecondError, match="Request 2"):
        wanted()
    with pytest.raises(UsageError, match="Only who asked"):
        decide(full.workspace.root, 2, "withdrawn", actor=WANG, at=TEN)
    decide(full.workspace.root, 2, "withdrawn", actor=LI, at=TEN)
    with pytest.raises(UsageError, match="does not wait any more"):
        decide(full.workspace.root, 2, "approved", actor=WANG, at=TEN)
    with pytest.raises(WaitsForSecondError, match="Request 3"):
        wanted()
    decide(full.workspace.root, 3, "approved", actor=WANG, at=TEN)
    with open_store(full.workspace) as reader:
        assert requests_of(reader, LI, NEXT_WEEK) == []
    with pytest.raises(UsageError, match="no request 9"):
        decide(full.workspace.root, 9, "approved", actor=WANG, at=TEN)


def test_the_number_is_one_of_a_person_and_a_day(full: Store) -> None:
    other = Actor("zhao", Role.inspector)
    assert (
        reveal(full.workspace.root, masked(full, "two"), reason=REASON, actor=other, at=TEN).identity == "two"
    )
    assert (
        print_identity(full.workspace.root, masked(full, "two"), reason=REASON, actor=LI, at=NEXT_WEEK)
        == "two"
    )
    with pytest.raises(WaitsForSecondError):
        print_identity(full.workspace.root, masked(full, "two"), reason=REASON, actor=LI, at=TEN)


def test_where_one_person_works_alone_nothing_waits(store: Store) -> None:
    store.run("r1", a_draft("one"))
    for _ in range(limits().reveals_a_day + 1):
        assert reveal(store.workspace.root, masked(store, "one"), reason=REASON, actor=LI, at=TEN)


def test_who_may_not_reveal_makes_no_request(full: Store) -> None:
    with pytest.raises(NotAllowedError):
        reveal(full.workspace.root, masked(full, "two"), reason=REASON, actor=READER, at=TEN)
    assert waiting(full, WANG) == []
