"""What pages say: nobody is accused in either language, and Chinese pages have no English left."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.accusing_words import accusing_words

from dashboard.navigation import SECTIONS
from detection.detectors.catalogue import catalogue as detectors
from detection.store.queries import Filters
from detection.store.queries.alerts import rows
from detection.store.queries.reader import open_reader

OpenPage = Callable[..., AppTest]
PAGES = [name for pages in SECTIONS.values() for name in pages]
DETECTORS = (
    "card_concentration",
    "benefit_recalc_mismatch",
    "ledger_break",
    "credit_rule_violation",
    "data_transmission_defect",
)
_LATIN = re.compile(r"[A-Za-z]{4,}")
_CODES = re.compile(
    r"<(style|script|code)\b.*?</\1>|<span class=\"[^\"]*fw-(mono|hash)[^\"]*\">.*?</span>", re.DOTALL
)
_TAGS = re.compile(r"<[^>]*>")
_NAMES = re.compile(
    r"[\w./-]+\.(csv|parquet|xlsx|toml|md)\b|\b[A-Z]-[A-Z0-9]{6,}|--\w+|SIM-\w+|:material/\w+:|\w+_\w+"
    r"|\br{16,}\b|valid = 0|\bfundwatch(?: [a-z]+)+"
)
"""Files, masked ids, options, commands, icons, shown codes, and the digests and rules of the sample."""
ALLOWED = {"fundwatch", "Excel", "Parquet", "English", "Bandage", "Vitamin"}
"""Names of programs, of the other language, and of goods in the sample."""


def seen(app: AppTest) -> str:
    """The text that a reader sees: pages, controls, hints; not styles, codes and file names."""
    kinds = (app.html, app.markdown, app.caption, app.warning, app.info, app.error, app.success)
    parts = [str(piece.value) for kind in kinds for piece in kind]
    for kind in (app.selectbox, app.multiselect, app.text_input, app.text_area, app.button, app.checkbox):
        for control in kind:
            parts += [control.label, control.help or "", getattr(control, "placeholder", "") or ""]
            parts += [str(option) for option in getattr(control, "options", ())]
    plain = "\n".join(unescape(_TAGS.sub(" ", _CODES.sub(" ", part))) for part in parts)
    return _NAMES.sub(" ", plain)


def names_in_the_sample(sample: Path) -> set[str]:
    """Words of the institutions' names, which are what the data say."""
    with open_reader(sample) as reader:
        assert reader is not None
        alerts = rows(reader, Filters(list="all"), size=1000)
    return {
        word for row in alerts for text in (row.subject, row.place or "") for word in _LATIN.findall(text)
    }


def names_in_cases() -> set[str]:
    """Ids of the people, places and records of cases, and what their hits name."""
    cases = [case for name in DETECTORS for case in detectors()[name].card.cases]
    return {word for case in cases for text in case.values() for word in _LATIN.findall(str(text))}


def addresses(sample: Path) -> list[tuple[str, dict[str, str]]]:
    with open_reader(sample) as reader:
        assert reader is not None
        alerts = [rows(reader, Filters(detector=name))[0].alert_id for name in DETECTORS]
    cards = [("methods", {"detector": name}) for name in DETECTORS]
    return [
        *((page, {}) for page in PAGES),
        *cards,
        ("methods", {"part": "features"}),
        ("search", {"q": "Pharmacy"}),
        ("unknown", {"address": "/x"}),
        ("subjects/institution", {}),
        ("methods", {"part": "glossary"}),
        *(("alert", {"id": alert}) for alert in alerts),
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_page_accuses_and_chinese_pages_are_in_chinese(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    names = names_in_the_sample(sample) | names_in_cases()
    assert {"Hospital", "wang"} <= names
    wrong: dict[str, list[str]] = {}
    for page, parameters in addresses(sample):
        app = open_page(sample, page, lang=language, **parameters)
        assert not app.exception, page
        text = seen(app)
        assert len(text) > 60, page
        words = accusing_words(text)
        if language == "zh":
            words += sorted(set(_LATIN.findall(text)) - names - ALLOWED)
        if words:
            wrong[f"{page} {parameters}"] = words
    assert not wrong, "\n".join(f"{page}: {words}" for page, words in wrong.items())
