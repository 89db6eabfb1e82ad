"""An identity is revealed singly, for a reason and for a time; the record comes first."""

from __future__ import annotations

import pytest
from support.drafts import a_draft
from support.signing_in import LI, WANG
from support.store_runs import Store

from detection.followup.reveals import print_identity, reveal
from detection.language.text import Text
from detection.masking import mask
from detection.store.queries import stored
from detection.store.queries.disclosure.log import RevealEntry, last_reveals
from detection.store.queries.reader import open_store
from features.errors import StoreError, UsageError

REASON = "hearing on Friday"
TEN, TEN_PAST = "2024-07-03T10:00:00", "2024-07-03T10:10:00"


@pytest.fixture
def full(store: Store) -> Store:
    store.run("r1", a_draft("320602197001011234", title=Text.same("Payments")), a_draft("two"))
    return store


def masked(store: Store, identity: str, kind: str = "person") -> str:
    return mask(store.workspace.pseudonym_key(), identity, kind)


def entries(store: Store) -> list[RevealEntry]:
    with open_store(store.workspace) as reader:
        return last_reveals(reader, 10)


def test_an_identity_is_shown_until_its_time_ends_and_no_longer(full: Store) -> None:
    pseudonym = masked(full, "320602197001011234")
    shown = reveal(full.workspace.root, pseudonym, reason=REASON, actor=LI, at=TEN)
    assert (shown.pseudonym, shown.identity, shown.until) == (pseudonym, "320602197001011234", TEN_PAST)
    assert shown.in_force("2024-07-03T10:09:59")
    assert not shown.in_force(TEN_PAST)


def test_the_record_names_actor_reason_and_pseudonym_and_never_the_id(full: Store) -> None:
    pseudonym = masked(full, "two")
    reveal(full.workspace.root, f" {pseudonym.lower()} ", reason=REASON, actor=LI, at=TEN, minutes=30)
    assert entries(full) == [RevealEntry(TEN, "li", "identity", pseudonym, 1, REASON, "2024-07-03T10:30:00")]
    print_identity(full.workspace.root, pseudonym, reason=REASON, actor=WANG, at=TEN)
    assert [(entry.actor, entry.until) for entry in entries(full)] == [
        ("wang", ""),
        ("li", "2024-07-03T10:30:00"),
    ]


def test_people_and_settlements_of_the_evidence_can_be_revealed(full: Store) -> None:
    with open_store(full.workspace) as reader:
        [row, *_] = stored.evidence(reader, a_draft("two").alert_id)
        person, settlement = row.person_id, row.settlement_id
    for kind, identity in (("person", person), ("settlement", settlement)):
        pseudonym = masked(full, identity, kind)
        assert print_identity(full.workspace.root, pseudonym, reason=REASON, actor=LI, at=TEN) == identity


@pytest.mark.parametrize("reason", ["", "  ", "x", "    x "])
def test_without_a_reason_nothing_is_shown_and_nothing_recorded(full: Store, reason: str) -> None:
    with pytest.raises(UsageError, match="reason"):
        reveal(full.workspace.root, masked(full, "two"), reason=reason, actor=LI, at=TEN)
    assert entries(full) == []


@pytest.mark.parametrize("minutes", [0, -5, 61, 100_000])
def test_no_time_without_end(full: Store, minutes: int) -> None:
    with pytest.raises(UsageError, match="60 minutes"):
        reveal(full.workspace.root, masked(full, "two"), reason=REASON, actor=LI, at=TEN, minutes=minutes)


@pytest.mark.parametrize("pseudonym", ["P-AAAAAAAAAAAAA", "two", "", "X-1", "I-AAAAAAAAAAAAA"])
def test_a_pseudonym_that_no_alert_has_is_refused_and_not_recorded(full: Store, pseudonym: str) -> None:
    with pytest.raises(UsageError, match="pseudonym"):
        reveal(full.workspace.root, pseudonym, reason=REASON, actor=LI, at=TEN)
    assert entries(full) == []


def test_what_cannot_be_recorded_is_not_shown(full: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuses(*_: object, **__: object) -> None:
        raise StoreError("The alert store could not be written.")

    monkeypatch.setattr("detection.store.writer.Writer.reveal", refuses)
    with pytest.raises(StoreError):
        reveal(full.workspace.root, masked(full, "two"), reason=REASON, actor=LI, at=TEN)
