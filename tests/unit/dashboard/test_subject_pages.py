"""Pages of subjects and of the search: they open in both languages, link on, and say what is absent."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from dashboard.subjects import PAGES, subject_link
from dashboard.wording import catalogue
from detection.export.lists.alerts import AlertList
from detection.store.queries import EVERY_ALERT, open_reader
from detection.store.queries.reader import Reader
from detection.store.queries.subjects.alerts import alerts_of
from detection.store.queries.subjects.lookup import files_of
from detection.store.queries.subjects.profile import KINDS
from detection.store.schema import Alert

OpenPage = Callable[..., AppTest]
UNKNOWN = "P-AAAAAAAAAAAAA"


def html_of(app: AppTest) -> str:
    return "\n".join(str(piece.value) for kind in (app.html, app.caption) for piece in kind)


def dearest(reader: Reader, kind: str) -> str:
    totals = files_of(reader).scan(kind, "totals")
    assert totals is not None
    return str(totals.sort("money", "id", descending=[True, False]).first().collect()["id"].item())


def test_every_kind_of_subject_has_a_page() -> None:
    assert set(PAGES) == set(KINDS)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_subject_has_its_parts_and_no_id_of_the_source(
    open_page: OpenPage, finished: Path, kind: str, language: str
) -> None:
    with open_reader(finished) as reader:
        assert reader is not None
        pseudonym = reader.identity(kind, dearest(reader, kind))
        snapshot = reader.workspace.snapshot(reader.current_run().snapshot_id)
    app = open_page(finished, f"subjects/{PAGES[kind]}", id=pseudonym, lang=language)
    assert not app.exception
    html, words = html_of(app), catalogue(language)
    assert pseudonym in html
    assert all(words[f"subject.{part}"] in html for part in ("on_record", "months", "alerts"))
    assert len(re.findall(r'href="(?:institution|person|account)\?id=[IP]-', html)) > 3
    people = pl.read_parquet(snapshot / "tables" / "persons" / "*.parquet")["person_id"].to_list()
    assert len(people) > 500
    assert [person for person in people if person in html] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_subject_without_alerts_says_so(open_page: OpenPage, finished: Path, language: str) -> None:
    with open_reader(finished) as reader:
        assert reader is not None
        named = {
            person
            for alert in reader.session.query(Alert)
            for person in (alert.subject_id, *alert.member_ids)
        }
        totals = files_of(reader).scan("person", "totals")
        assert totals is not None
        quiet = next(identity for identity in totals.collect()["id"] if identity not in named)
        pseudonym = reader.identity("person", quiet)
    app = open_page(finished, "subjects/person", id=pseudonym, lang=language)
    assert not app.exception
    assert catalogue(language)["subject.no_alerts"] in html_of(app)


@pytest.mark.parametrize("kind", KINDS)
def test_the_alerts_of_a_subject_are_a_list_that_can_be_exported(finished: Path, kind: str) -> None:
    with open_reader(finished) as reader:
        assert reader is not None
        subject = _with_alerts(reader, kind) or reader.identity(kind, dearest(reader, kind))
        expected = alerts_of(reader, kind, subject, page=1, size=1)
        exported = AlertList(replace(EVERY_ALERT, involved=f"{kind}:{subject}")).listing(reader, "zh")
    assert len(exported.rows) == expected.total
    assert expected.total or kind not in ("person", "provider", "payer_account")


@pytest.mark.parametrize("kind", ["person", "provider"])
def test_a_subject_leads_to_the_list_of_its_alerts(open_page: OpenPage, finished: Path, kind: str) -> None:
    with open_reader(finished) as reader:
        assert reader is not None
        subject = _with_alerts(reader, kind)
        assert subject is not None
        total = alerts_of(reader, kind, subject, page=1, size=1).total
    page = html_of(open_page(finished, f"subjects/{PAGES[kind]}", id=subject, lang="zh"))
    assert f"involved={kind}%3A{subject}" in page
    app = open_page(finished, "alerts", involved=f"{kind}:{subject}", list="all", status="any", lang="zh")
    assert not app.exception
    assert f"<b>{total}</b>" in html_of(app)
    assert any(catalogue("zh")[f"subject_kind.{kind}"] in button.label for button in app.button)


def _with_alerts(reader: Reader, kind: str) -> str | None:
    """Pseudonym of the first subject of a kind that has a page and that an alert is about."""
    totals = files_of(reader).scan(kind, "totals")
    assert totals is not None
    known = set(totals.collect()["id"])
    ids = reader.session.scalars(
        select(Alert.subject_id).where(Alert.subject_kind == kind).order_by(Alert.rank)
    )
    return next((reader.identity(kind, identity) for identity in ids if identity in known), None)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("page", PAGES.values())
def test_an_unknown_id_and_no_id_are_explained(
    open_page: OpenPage, finished: Path, page: str, language: str
) -> None:
    words = catalogue(language)
    unknown = html_of(open_page(finished, f"subjects/{page}", id=UNKNOWN, lang=language))
    assert words["subject.unknown.text"].format(id=UNKNOWN) in unknown
    assert words["subject.choose.text"] in html_of(open_page(finished, f"subjects/{page}", lang=language))


def test_a_run_of_an_earlier_version_says_what_it_lacks(open_page: OpenPage, sample: Path) -> None:
    """The store that is filled by hand has no files of subjects."""
    app = open_page(sample, "subjects/person", id=UNKNOWN, lang="en")
    assert not app.exception
    assert catalogue("en")["subject.not_kept"] in html_of(app)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_search_lists_hits_and_teaches_what_can_be_typed(
    open_page: OpenPage, finished: Path, language: str
) -> None:
    words = catalogue(language)
    hits = html_of(open_page(finished, "search", q="药店", lang=language))
    assert hits.count('href="institution?id=I-') > 1
    for text in ("", "no such thing"):
        app = open_page(finished, "search", q=text, lang=language)
        assert not app.exception
        assert words["search.teaches"] in html_of(app)


def test_the_box_stands_on_every_page_and_jumps_to_the_only_hit(open_page: OpenPage, finished: Path) -> None:
    with open_reader(finished) as reader:
        assert reader is not None
        identity = dearest(reader, "person")
        pseudonym = reader.identity("person", identity)
    for page in ("home", "risk", "subjects/employer"):
        app = open_page(finished, page, lang="zh")
        [box] = [widget for widget in app.text_input if widget.label == catalogue("zh")["search.label"]]
        box.set_value(identity).run()
        assert not app.exception
        assert app.query_params["id"] == pseudonym
        assert f"<h1>{pseudonym}</h1>" in html_of(app)


def test_a_typed_number_that_leads_nowhere_stays_out_of_the_address(
    open_page: OpenPage, sample: Path
) -> None:
    app, identity = open_page(sample, "home", lang="zh"), "320602197001011234"
    words = catalogue("zh")
    [box] = [widget for widget in app.text_input if widget.label == words["search.label"]]
    box.set_value(identity).run()
    assert not app.exception
    assert words["search.none.text"].format(text=identity) in html_of(app)
    assert identity not in str(app.query_params)


def test_a_link_masks_no_more_and_escapes_names() -> None:
    named = subject_link("provider", "I-AAAAAAAAAAAAA", "A <b> & C")
    assert 'href="institution?id=I-AAAAAAAAAAAAA' in named
    assert "A &lt;b&gt; &amp; C" in named
    assert "subject=G-AAAAAAAAAAAAA" in subject_link("group", "G-AAAAAAAAAAAAA")
    assert "href" not in subject_link("agency", "320600")
    assert subject_link("person", "") == "–"
