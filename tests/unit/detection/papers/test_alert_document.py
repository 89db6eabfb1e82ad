"""An alert as PDF has all that its page says, masks ids, and is the same to the byte."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from pathlib import Path

import pypdf
import pytest
from support.dashboard_fixtures import sample
from support.signing_in import LI
from support.written_exports import mark_of_last

from dashboard.alert_views import alert_table
from detection.export.lists.alerts import AlertList
from detection.followup.papers import alert_pdf
from detection.language.features import feature_notes, feature_text
from detection.language.files import source_text
from detection.language.law import law_text
from detection.papers.alert_document import alert_document
from detection.papers.wording import PaperWords
from detection.report.pdf import pdf
from detection.store.queries import Filters
from detection.store.queries import alerts as stored_alerts
from detection.store.queries.alert import alert_page
from detection.store.queries.alerts import rows
from detection.store.queries.disclosure.log import last_exports
from detection.store.queries.evidence import evidence, records
from detection.store.queries.peers import PeerRank
from detection.store.queries.reader import Reader, open_reader
from features.errors import UsageError

__all__ = ["sample"]
TEN = "2024-07-03T10:00:00"


def alerts(root: Path) -> list[str]:
    """An alert of each detector."""
    with open_reader(root) as reader:
        assert reader is not None
        return list({row.detector: row.alert_id for row in rows(reader, Filters(list="all"))}.values())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_document_has_all_that_the_page_says(sample: Path, language: str) -> None:
    chosen = alerts(sample)
    assert len(chosen) > 30
    with open_reader(sample) as reader:
        assert reader is not None
        for alert_id in chosen:
            page = alert_page(reader, alert_id)
            text = repr(alert_document(reader, alert_id, PaperWords(language)))
            card = page.card.words[language]
            parts = [
                page.seen[language],
                *(reason.text[language] for reason in page.reasons),
                *card.innocent_explanations,
                *(check.text[language] for check in page.checks),
                *card.follow_up,
                card.why_it_matters,
                *(law_text(citation, language) for citation in page.citations),
                *(source_text(value.source, language) for value in page.values),
                page.card_digest,
                page.run_id,
                *(row.settlement for row in evidence(reader, alert_id, page=1, size=1000)),
                *(row.record for row in records(reader, alert_id, page=1, size=1000)),
            ]
            assert [part for part in parts if part and repr(part)[1:-1] not in text] == [], alert_id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pdf_is_recorded_and_has_its_mark_on_each_page_and_as_a_property(
    sample: Path, language: str
) -> None:
    [alert_id, *_] = alerts(sample)
    content = alert_pdf(sample, alert_id, language=language, actor=LI, at=TEN)
    with open_reader(sample) as reader:
        assert reader is not None
        [entry, *_] = last_exports(reader, 1)
    assert (entry.what, entry.detail, entry.file_format, entry.actor) == ("alert", alert_id, "pdf", "li")
    file = pypdf.PdfReader(io.BytesIO(content))
    pages = [re.sub(r"\s", "", page.extract_text()) for page in file.pages]
    assert alert_id in "".join(pages)
    mark = mark_of_last(sample, language)
    assert [page for page in pages if re.sub(r"\s", "", mark) not in page] == []
    assert file.metadata is not None and mark in str(file.metadata["/Keywords"])


def test_the_same_alert_and_mark_give_the_same_bytes(sample: Path) -> None:
    [alert_id, *_] = alerts(sample)
    with open_reader(sample) as reader:
        assert reader is not None
        document = alert_document(reader, alert_id, PaperWords("zh"))
    once, again = (pdf(document, "zh", mark="Export 1, taken by li") for _ in range(2))
    assert once == again != pdf(document, "zh")


def test_units_and_the_subject_s_own_values_are_in_the_reader_s_language(sample: Path) -> None:
    words, notes, own = PaperWords("zh"), {note.name: note for note in feature_notes()}, 0
    with open_reader(sample) as reader:
        assert reader is not None
        for alert_id in alerts(sample):
            page, document = alert_page(reader, alert_id), alert_document(reader, alert_id, words)
            for value in page.values:
                assert words.code("unit", value.unit) != value.unit or value.unit in ("", "%", "‰"), value
            for name, its in page.own_values.items():
                assert feature_text(notes[name], its, "zh") in repr(document), alert_id
                own += its is not None
    assert own, "some subject has values of its own"


@pytest.mark.parametrize("among_all", [True, False])
def test_a_rank_among_all_is_not_called_one_among_peers(
    sample: Path, monkeypatch: pytest.MonkeyPatch, among_all: bool
) -> None:
    def ranks(reader: Reader, subjects: Iterable[tuple[str, str]]) -> dict[tuple[str, str], PeerRank]:
        return dict.fromkeys(subjects, PeerRank(3, 40, among_all))

    monkeypatch.setattr(stored_alerts, "peer_ranks", ranks)
    with open_reader(sample) as reader:
        assert reader is not None
        chosen = next(row for row in rows(reader, Filters()) if row.peer_rank)
        text = repr(alert_document(reader, chosen.alert_id, PaperWords("zh")))
        listing = AlertList().listing(reader, "zh")
    assert ("在全部对象中排名第 3 / 40" in text, "在同类中排名第 3 / 40" in text) == (
        among_all,
        not among_all,
    )
    names = [column.name for column in listing.columns]
    [row] = [cells for cells in listing.rows if cells[0] == chosen.alert_id]
    shown = row[names.index("peer_rank")], row[names.index("peers")]
    assert shown == ((None, None) if among_all else (3, 40))
    assert alert_table._cells(chosen)["rank"] == (None if among_all else 3)


def test_there_is_no_pdf_without_an_alert(sample: Path) -> None:
    with pytest.raises(UsageError, match="no alert"):
        alert_pdf(sample, "A-none", language="zh", actor=LI, at=TEN)
