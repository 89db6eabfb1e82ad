"""An alert as PDF has all that its page says, masks ids, and is the same to the byte."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pypdf
import pytest
from support.dashboard_fixtures import sample
from support.signing_in import LI

from detection.followup.papers import alert_pdf
from detection.language.law import law_text
from detection.papers.alert_document import alert_document
from detection.papers.wording import PaperWords
from detection.store.queries import Filters
from detection.store.queries.alert import alert_page
from detection.store.queries.alerts import rows
from detection.store.queries.disclosure.log import last_exports
from detection.store.queries.evidence import evidence, records
from detection.store.queries.reader import open_reader
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
                *(value.source for value in page.values),
                page.card_digest,
                page.run_id,
                *(row.settlement for row in evidence(reader, alert_id, page=1, size=1000)),
                *(row.record for row in records(reader, alert_id, page=1, size=1000)),
            ]
            assert [part for part in parts if part and repr(part)[1:-1] not in text] == [], alert_id


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_pdf_is_recorded_and_the_same_to_the_byte(sample: Path, language: str) -> None:
    [alert_id, *_] = alerts(sample)
    once = alert_pdf(sample, alert_id, language=language, actor=LI, at=TEN)
    assert once == alert_pdf(sample, alert_id, language=language, actor=LI, at="2024-07-05T08:00:00")
    text = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(once)).pages)
    assert alert_id in re.sub(r"\s", "", text)
    with open_reader(sample) as reader:
        assert reader is not None
        [entry, *_] = last_exports(reader, 1)
    assert (entry.what, entry.detail, entry.file_format, entry.actor) == ("alert", alert_id, "pdf", "li")


def test_there_is_no_pdf_without_an_alert(sample: Path) -> None:
    with pytest.raises(UsageError, match="no alert"):
        alert_pdf(sample, "A-none", language="zh", actor=LI, at=TEN)
