"""Every number opens the list behind it, with the same count and the same sum."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from detection.alerts.draft import Money
from detection.detectors.cards import MONEY_KINDS
from detection.store.queries.alerts import Filters, count, rows, totals
from detection.store.queries.home import home
from detection.store.queries.reader import Reader, open_reader

OpenPage = Callable[..., AppTest]


@pytest.fixture
def reader(sample: Path) -> Iterator[Reader]:
    with open_reader(sample) as opened:
        assert opened is not None
        yield opened


def links(app: AppTest) -> list[tuple[str, dict[str, str], str]]:
    """Page, query and text of every link."""
    anchors = re.findall(
        r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', "".join(piece.value for piece in app.html), re.S
    )
    return [
        (urlsplit(html.unescape(href)).path, dict(parse_qsl(urlsplit(html.unescape(href)).query)), text)
        for href, text in anchors
    ]


def totals_line(app: AppTest) -> str:
    return next(piece.value for piece in app.html if "alerts in this list" in piece.value)


def test_the_four_figures_open_lists_of_the_same_count_and_sum(open_page: OpenPage, sample: Path) -> None:
    cards = [
        (query, text)
        for page, query, text in links(open_page(sample, "home"))
        if page == "alerts" and ("fw-big" in text or "fw-sum" in text)
    ]
    assert len(cards) == 4
    for query, text in cards:
        line = totals_line(open_page(sample, "alerts", **query))
        shown = re.findall(r'fw-(?:big|sum) fw-num">([^<]+)<', text)
        assert len(shown) == (2 if query.get("money_kind") else 1)
        assert all(f">{figure}<" in line for figure in shown)


def test_the_chips_of_an_institution_open_as_many_alerts(open_page: OpenPage, sample: Path) -> None:
    chips = [anchor for anchor in links(open_page(sample, "home")) if "detector" in anchor[1]]
    assert len(chips) > 5
    for _, query, text in chips[:6]:
        assert f"<b>{text.rsplit(' ', 1)[1]}</b> alerts in this list" in totals_line(
            open_page(sample, "alerts", **query)
        )


def test_the_alerts_of_a_subject_are_as_many_as_its_links_say(open_page: OpenPage, sample: Path) -> None:
    """Of every kind of subject that several alerts are about; an account and its owner have one pseudonym."""
    with open_reader(sample) as opened:
        assert opened is not None
        every = rows(opened, Filters(status=""), size=1000)
    many = Counter((row.subject_kind, row.pseudonym) for row in every)
    several = {kind: (pseudonym, count) for (kind, pseudonym), count in many.items() if count > 1}
    assert "provider" in several or "payer_account" in several
    for kind, (pseudonym, number) in several.items():
        about = [row.alert_id for row in every if (row.subject_kind, row.pseudonym) == (kind, pseudonym)]
        page = open_page(sample, "alert", id=about[0])
        [query] = [query for target, query, _ in links(page) if target == "alerts" and "subject" in query]
        assert query["subject"] == f"{kind}:{pseudonym}"
        assert f"<b>{number}</b> alerts in this list" in totals_line(open_page(sample, "alerts", **query))


def test_an_institution_s_money_is_that_of_its_list(reader: Reader) -> None:
    for institution in home(reader).institutions:
        about = Filters(provider=institution.provider, queue="institutions")
        listed = rows(reader, about, sort="risk", page=1, size=1000)
        assert institution.totals == totals(reader, about)
        assert institution.totals.alerts == len(listed) == sum(count for _, count in institution.chips)


def test_the_lists_part_all_alerts(reader: Reader) -> None:
    parts = [count(reader, Filters(list=name)) for name in ("findings", "patterns", "agency", "data")]
    assert sum(parts) == count(reader, Filters(list="all"))
    assert all(parts)


def test_a_settlement_s_money_counts_once(reader: Reader) -> None:
    """The sum of a list is not the sum of its rows where two alerts cite one settlement."""
    everything = Filters(status="")
    total = totals(reader, everything)
    listed = rows(reader, everything, sort="risk", page=1, size=1000)
    assert total.alerts == len(listed)
    assert total.kinds == MONEY_KINDS
    for kind in MONEY_KINDS:  # nothing is cited twice in the sample
        own = [row for row in listed if row.money_kind == kind]
        assert total.of(kind) == Money(sum(row.pool for row in own), sum(row.account for row in own))


def test_the_methods_page_counts_what_its_links_list(open_page: OpenPage, sample: Path) -> None:
    fired = [
        anchor for anchor in links(open_page(sample, "methods")) if anchor[1].get("change") == "standing"
    ]
    assert fired
    for _, query, text in fired[:3]:
        assert f"<b>{text}</b> alerts in this list" in totals_line(open_page(sample, "alerts", **query))


def test_the_data_ribbon_adds_up_and_opens_the_tables(open_page: OpenPage, sample: Path) -> None:
    text = next(
        text for page, _, text in links(open_page(sample, "home")) if page == "data" and "rows read" in text
    )
    read, used, quarantined, excluded = (
        int(number.replace(",", "")) for number in re.findall(r"[\d,]+", text)
    )
    assert read == used + quarantined + excluded


def test_the_quarantine_lists_as_many_rows_as_were_counted(open_page: OpenPage, sample: Path) -> None:
    counted = next(
        (query, text)
        for _, query, text in links(open_page(sample, "data"))
        if query.get("part") == "quarantine"
    )
    page = open_page(sample, "data", **counted[0])
    assert any(f"{counted[1]} rows could not be used" in piece.value for piece in page.html)
