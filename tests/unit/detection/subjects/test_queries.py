"""Pages and search of a city that was run: what they answer, from pseudonyms or numbers, and without real ids."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

from detection.store.queries import open_store
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.alerts import alerts_of
from detection.store.queries.subjects.companions import companions
from detection.store.queries.subjects.indicators import indicators_of
from detection.store.queries.subjects.institution import peers
from detection.store.queries.subjects.institution import registration as institution_registration
from detection.store.queries.subjects.ledgers import contributions, credit_kinds, ledger
from detection.store.queries.subjects.lookup import files_of
from detection.store.queries.subjects.person import registration as person_registration
from detection.store.queries.subjects.profile import KINDS, TIES, Profile, profile, ties
from detection.store.queries.subjects.search import search
from detection.store.schema import Alert
from features.workspace import open_workspace


@pytest.fixture(scope="module")
def reader(finished: Path) -> Iterator[Reader]:
    with open_store(open_workspace(finished)) as opened:
        yield opened


def accepted(reader: Reader, table: str) -> pl.DataFrame:
    folder = reader.workspace.snapshot(reader.current_run().snapshot_id) / "tables" / table
    return pl.read_parquet(folder / "*.parquet")


def dearest(reader: Reader, kind: str) -> str:
    """The subject of a kind with the most money, as the source names it."""
    totals = files_of(reader).scan(kind, "totals")
    assert totals is not None
    return str(totals.sort("money", "id", descending=[True, False]).first().collect()["id"].item())


def opened(reader: Reader, kind: str) -> Profile:
    subject = profile(reader, kind, reader.identity(kind, dearest(reader, kind)))
    assert subject is not None
    return subject


@pytest.mark.parametrize("kind", KINDS)
def test_a_profile_has_months_and_ties_whose_money_agrees(reader: Reader, kind: str) -> None:
    subject = opened(reader, kind)
    assert subject.sums.money > 0 and subject.months
    assert sum(month.sums.money for month in subject.months) == subject.sums.money
    assert set(subject.ties) == {tie.name for tie in TIES[kind]}
    for tie in TIES[kind]:
        rows = ties(reader, kind, subject.pseudonym, tie.name, page=1, size=1_000)
        assert len(rows) == min(subject.ties[tie.name], 1_000)
        assert sum(row.sums.money for row in rows) <= subject.sums.money


def test_the_months_of_an_institution_are_those_of_its_settlements(reader: Reader) -> None:
    """Reversals carry negative money, so that the sum of all rows is the net one."""
    identity = dearest(reader, "provider")
    bills = accepted(reader, "settlements").filter(pl.col("provider_id") == identity)
    subject = opened(reader, "provider")
    assert subject.sums.pool == bills["pool_paid"].sum()
    assert subject.sums.account == bills["account_paid"].sum()
    assert subject.sums.mutual_aid == bills["mutual_aid_paid"].sum()


def test_ties_are_paged(reader: Reader) -> None:
    pseudonym = opened(reader, "provider").pseudonym
    first, second = (ties(reader, "provider", pseudonym, "patients", page=page, size=3) for page in (1, 2))
    assert [*first, *second] == ties(reader, "provider", pseudonym, "patients", page=1, size=6)


def test_peers_are_ranked_by_money(reader: Reader) -> None:
    pseudonym = opened(reader, "provider").pseudonym
    among = peers(reader, pseudonym)
    assert institution_registration(reader, pseudonym) is not None
    assert [peer.spend_rank for peer in among] == sorted(peer.spend_rank for peer in among)
    assert among[0].pseudonym == pseudonym and among[0].spend_rank == 1


def test_no_answer_holds_an_id_of_the_source(reader: Reader) -> None:
    answers: list[object] = []
    for kind in KINDS:
        pseudonym = opened(reader, kind).pseudonym
        answers += [
            profile(reader, kind, pseudonym),
            *(ties(reader, kind, pseudonym, tie.name, page=1, size=50) for tie in TIES[kind]),
            companions(reader, kind, pseudonym),
            alerts_of(reader, kind, pseudonym, page=1, size=50),
            search(reader, dearest(reader, kind)),
        ]
    person, account = (opened(reader, kind).pseudonym for kind in ("person", "payer_account"))
    answers += [person_registration(reader, person), ledger(reader, account), credit_kinds(reader, account)]
    answers += [contributions(reader, opened(reader, "employer").pseudonym)]
    answers += [indicators_of(reader, opened(reader, "provider").pseudonym)]
    shown = repr(answers)
    assert len(shown) > 10_000
    people = set(accepted(reader, "persons")["person_id"])
    bills = accepted(reader, "settlements")
    for ids in (people, set(bills["prescriber_id"].drop_nulls()), set(bills["settlement_id"])):
        assert len(ids) > 5
        assert [identity for identity in ids if identity in shown] == []


def test_the_index_file_holds_no_id_of_the_source(reader: Reader) -> None:
    run = reader.workspace.run(reader.current_run().run_id)
    people = set(accepted(reader, "persons")["person_id"]) | set(
        accepted(reader, "settlements")["settlement_id"]
    )
    for name in ("subjects", "settlements"):
        index = pl.read_parquet(run / "search" / f"{name}.parquet")
        assert index.height > 100
        assert not people & set(index["pseudonym"])
        assert index.select(pl.col(pl.String)).columns in (["pseudonym", "kind"], ["pseudonym"])


@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_is_reached_by_its_number_its_pseudonym_and_its_first_characters(
    reader: Reader, kind: str
) -> None:
    identity = dearest(reader, kind)
    pseudonym = reader.identity(kind, identity)
    for typed in (identity, pseudonym, pseudonym.lower(), pseudonym[:8]):
        destination = search(reader, typed).destination
        assert destination is not None
        assert destination.pseudonym == pseudonym
    assert search(reader, identity).text == pseudonym


def test_an_institution_is_reached_by_a_part_of_its_name(reader: Reader) -> None:
    identity = dearest(reader, "provider")
    name = reader.name("provider", identity)
    hits = search(reader, name.upper()[1:])
    assert reader.identity("provider", identity) in [hit.pseudonym for hit in hits.hits]


def test_a_settlement_is_reached_by_both_numbers_and_names_the_alerts_that_cite_it(reader: Reader) -> None:
    bill = accepted(reader, "settlements").row(7, named=True)
    pseudonym = reader.identity("settlement", bill["settlement_id"])
    for typed in (bill["settlement_id"], pseudonym, pseudonym[:9]):
        hits = search(reader, typed)
        [row] = hits.settlements
        assert row.pseudonym == pseudonym
        assert row.person == reader.identity("person", bill["person_id"])
        assert row.pool == bill["pool_paid"]
        assert bill["settlement_id"] not in repr(hits)


def test_an_alert_is_reached_by_its_number(reader: Reader) -> None:
    alert = reader.session.query(Alert).order_by(Alert.alert_id).first()
    assert alert is not None
    destination = search(reader, alert.alert_id[:12]).destination
    assert destination is not None
    assert (destination.kind, destination.pseudonym) == ("alert", alert.alert_id)


@pytest.mark.parametrize("text", ["", " ", "x", "no such thing", "P-", "P-!", "%", "__", "Z-AAAA"])
def test_what_fits_nothing_has_no_hits(reader: Reader, text: str) -> None:
    hits = search(reader, text)
    assert not hits.hits and not hits.settlements and hits.destination is None


def test_a_subject_without_alerts_has_none(reader: Reader) -> None:
    named = {alert.subject_id for alert in reader.session.query(Alert)}
    quiet = [provider for provider in accepted(reader, "providers")["provider_id"] if provider not in named]
    assert quiet
    counts = [
        alerts_of(reader, "provider", reader.identity("provider", provider), page=1, size=5).total
        for provider in quiet
    ]
    assert 0 in counts


def test_an_unknown_pseudonym_is_no_subject(reader: Reader) -> None:
    assert profile(reader, "person", "P-AAAAAAAAAAAAA") is None
    assert profile(reader, "persons", "P-AAAAAAAAAAAAA") is None
