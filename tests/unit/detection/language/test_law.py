"""A citation is kept in its parts and written in the language of its reader."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from detection.detectors.catalogue import catalogue
from detection.language.law import Citation, law_text
from detection.language.messages import messages

CHINESE = re.compile(r"[\u4e00-\u9fff]")
MAY, DECEMBER = dt.date(2021, 5, 1), dt.date(2022, 12, 31)


@pytest.mark.parametrize(
    ("citation", "english", "chinese"),
    [
        (
            Citation("State Council Order No. 735", "arts. 17 and 41"),
            "State Council Order No. 735, arts. 17 and 41",
            "国务院令第735号第17条、第41条",
        ),
        (Citation("NHSA Order No. 7"), "NHSA Order No. 7", "国家医疗保障局令第7号"),
        (
            Citation("NHSA Order No. 7", start=MAY),
            "NHSA Order No. 7 (events from 2021-05-01)",
            "国家医疗保障局令第7号（适用于 2021-05-01 起的事项）",
        ),
        (
            Citation("State Council Order No. 735", "art. 38", MAY, DECEMBER),
            "State Council Order No. 735, art. 38 (events from 2021-05-01 to 2022-12-31)",
            "国务院令第735号第38条（适用于 2021-05-01 至 2022-12-31 的事项）",
        ),
        (
            Citation("Old law", "Art. 1", end=DECEMBER),
            "Old law, Art. 1 (events until 2022-12-31)",
            "Old law，Art. 1（适用于 2022-12-31 以前的事项）",
        ),
        (
            Citation("State Council Order No. 735", "art. 999"),
            "State Council Order No. 735, art. 999",
            "国务院令第735号，art. 999",
        ),
    ],
)
def test_a_citation_is_written_as_readers_of_the_language_write_it(
    citation: Citation, english: str, chinese: str
) -> None:
    assert law_text(citation, "en") == english
    assert law_text(citation, "zh") == chinese
    assert Citation.from_json(citation.to_json()) == citation


def test_english_names_of_law_on_cards_are_translated() -> None:
    cited = {basis for detector in catalogue().values() for basis in detector.card.legal_basis}
    assert len(cited) > 10
    wanted = {f"instrument.{basis.instrument}" for basis in cited if not CHINESE.search(basis.instrument)}
    wanted |= {f"article.{basis.article}" for basis in cited if basis.article}
    for language in ("en", "zh"):
        assert wanted <= set(messages(language, "codes"))
