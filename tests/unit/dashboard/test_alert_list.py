"""The list of alerts: filtered, sorted and paged in the store; ids are masked and resolved there."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.alert_acts import EXPLAINED
from support.signing_in import LI, WANG

from dashboard.alert_views.alert_table import _WIDTHS, _WIDTHS_OF
from dashboard.wording import catalogue
from detection.followup.acts import act
from detection.language.formats import formats
from detection.store.queries.alerts import SORTS, Filters, Neighbors, count, neighbors, rows
from detection.store.queries.filters import NO_DISTRICT
from detection.store.queries.reader import Reader, open_reader

OpenPage = Callable[..., AppTest]
NINE = "2024-07-03T09:00:00"


@pytest.fixture
def reader(sample: Path) -> Iterator[Reader]:
    with open_reader(sample) as opened:
        assert opened is not None
        yield opened


def test_pages_follow_each_other_without_gap_or_repeat(reader: Reader) -> None:
    whole = [row.alert_id for row in rows(reader, Filters(), sort="money", page=1, size=1000)]
    pages = [
        row.alert_id
        for page in range(1, 6)
        for row in rows(reader, Filters(), sort="money", page=page, size=20)
    ]
    assert pages == whole[:100]
    assert len(set(whole)) == len(whole)


@pytest.mark.parametrize(
    ("sort", "value"), [("money", lambda row: row.pool + row.account), ("risk", lambda row: row.score)]
)
def test_the_most_comes_first(reader: Reader, sort: str, value: Callable[..., float]) -> None:
    values = [value(row) for row in rows(reader, Filters(), sort=sort, page=1, size=1000)]
    assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    "narrower",
    [
        Filters(family="family_accounts"),
        Filters(severity="watch"),
        Filters(district="320613"),
        Filters(provider_kind="pharmacy"),
        Filters(change="new"),
        Filters(status="dismissed"),
        Filters(start="2024-05-01"),
        Filters(end="2024-01-31"),
        Filters(text="pharmacy"),
        Filters(text="家庭"),
    ],
)
def test_a_filter_leaves_some_and_not_all(reader: Reader, narrower: Filters) -> None:
    assert 0 < count(reader, narrower) < count(reader, Filters(status=""))


def test_rows_have_no_person_id_and_a_pseudonym_filters_by_its_subject(reader: Reader) -> None:
    listed = rows(reader, Filters(detector="ineligible_person"), sort="risk", page=1, size=5)
    assert listed and all(row.subject.startswith("P-") for row in listed)
    again = rows(reader, Filters(subject=listed[0].subject, status=""), sort="risk", page=1, size=5)
    assert listed[0].alert_id in [row.alert_id for row in again]


@pytest.mark.parametrize("text", ["'; drop table alert; --", "%", "_", "<b>", "⟦person:1⟧"])
def test_odd_text_matches_nothing_and_breaks_nothing(reader: Reader, text: str) -> None:
    assert count(reader, Filters(text=text)) == 0


def test_odd_urls_break_nothing(open_page: OpenPage, sample: Path) -> None:
    app = open_page(
        sample, "alerts", list="nonsense", sort="nonsense", severity="nonsense", provider="I-UNKNOWN"
    )
    assert not app.exception


@pytest.mark.parametrize("page", ["alert", "network", "family", "methods", "data"])
def test_an_unknown_id_in_the_url_is_no_error(open_page: OpenPage, sample: Path, page: str) -> None:
    assert not open_page(
        sample, page, id="A-unknown", payer="P-UNKNOWN", detector="nothing", part="nothing"
    ).exception


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_wrong_number_of_an_alert_is_no_alert_not_chosen(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    words = catalogue(language)
    for named, message in (("A-unknown", "unknown"), ("", "choose")):
        app = open_page(sample, "alert", id=named, lang=language)
        assert words[f"alert.{message}.text"].format(id=named) in "".join(
            str(part.value) for part in app.html
        )


def test_dismissing_takes_alerts_off_the_open_list_and_undo_brings_them_back(sample_to_change: Path) -> None:
    def open_ids() -> list[str]:
        with open_reader(sample_to_change) as reader:
            assert reader is not None
            return [row.alert_id for row in rows(reader, Filters(), sort="risk", page=1, size=1000)]

    before = open_ids()
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        chosen = [row.alert_id for row in rows(reader, Filters(), sort="money", size=2)]
    at_nine = partial(act, sample_to_change, chosen, actor=WANG, at=NINE)
    done = at_nine(action="dismiss", note="explained by the nursing home", code=EXPLAINED)
    assert done.done == done.waiting == tuple(chosen), "both are about much money"
    assert open_ids() == before, "until another person confirms"
    confirmed = act(sample_to_change, chosen, actor=LI, action="confirm_dismissal", note="it holds", at=NINE)
    assert confirmed.done == tuple(chosen) and not confirmed.waiting
    assert open_ids() == [alert_id for alert_id in before if alert_id not in chosen]
    act(sample_to_change, chosen, actor=LI, action="undo", at=NINE)
    at_nine(action="undo")
    assert open_ids() == before


def test_undo_refuses_where_another_actor_came_later(sample_to_change: Path) -> None:
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        first, second, *_ = [row.alert_id for row in rows(reader, Filters(), page=1, size=2)]
    mine = act(sample_to_change, [first, second], actor=LI, action="triage", at=NINE, note="mine")
    act(sample_to_change, [first], actor=WANG, action="escalate", at=NINE, note="theirs")
    undone = act(sample_to_change, [first, second], actor=LI, action="undo", at=NINE, seen=mine.events)
    assert undone.done == (second,)
    assert len(undone.refused) == 1 and first in undone.refused[0]


@pytest.mark.parametrize("sort", SORTS)
def test_neighbors_are_the_rows_next_to_an_alert(reader: Reader, sort: str) -> None:
    listed = [row.alert_id for row in rows(reader, Filters(), sort=sort)]
    for before, alert_id, after in zip([None, *listed], listed, [*listed[1:], None], strict=False):
        assert neighbors(reader, alert_id, Filters(), sort=sort) == Neighbors(before, after)


def test_several_values_of_a_filter_list_the_alerts_of_each(reader: Reader) -> None:
    single = [count(reader, Filters(severity=severity)) for severity in ("watch", "suspicious")]
    assert count(reader, Filters(severity="watch,suspicious")) == sum(single) > max(single) > 0
    statuses = ("open", "dismissed")
    assert count(reader, Filters(status="open,dismissed")) == sum(
        count(reader, Filters(status=status)) for status in statuses
    )
    districts = (NO_DISTRICT, "320613")
    assert count(reader, Filters(district=",".join(districts))) == sum(
        count(reader, Filters(district=district)) for district in districts
    )


def test_a_dismissal_without_a_reason_is_refused_and_stops_no_other(sample_to_change: Path) -> None:
    outcome = act(sample_to_change, ["A-unknown"], actor=WANG, action="dismiss", at=NINE)
    assert not outcome.done and len(outcome.refused) == 1


@pytest.mark.parametrize(("language", "review"), [("en", "needs review"), ("zh", "待核实")])
def test_an_error_of_the_agency_and_a_defect_of_the_data_have_grades_of_their_own(
    open_page: OpenPage, sample: Path, reader: Reader, language: str, review: str
) -> None:
    for queue in ("agency", "data", "insured"):
        grades = Filters(queue=queue, list="all", severity="highly_suspicious")
        [row, *_] = rows(reader, grades, sort="money", page=1, size=1)
        pieces = [str(part.value) for part in open_page(sample, "alert", id=row.alert_id, lang=language).html]
        [chip] = [piece for piece in pieces if piece.startswith('<span class="fw-chip fw-sev-')]
        grade = chip.partition("</span>")[0].rpartition(">")[2]
        assert (review in grade.lower()) == (queue == "insured")
    listed = open_page(sample, "alerts", list="agency", lang=language).dataframe[0].value
    assert not [grade for grade in listed.iloc[:, 0] if review in str(grade).lower()]


@pytest.mark.parametrize(("language", "pixels"), [("zh", 904), ("en", 1004)])
def test_a_small_window_shows_money_with_its_kind(
    open_page: OpenPage, sample: Path, language: str, pixels: int
) -> None:
    columns = list(open_page(sample, "alerts", lang=language).dataframe[0].value.columns)
    money = columns.index("pool")
    assert columns[money : money + 3] == ["pool", "account", "money_kind"]
    widths = _WIDTHS | _WIDTHS_OF.get(language, {})
    assert columns == list(widths)
    assert sum(widths[name] for name in columns[: columns.index("change") + 1]) <= pixels


def test_an_alert_states_the_kind_of_money_and_no_sum_of_two_funds(open_page: OpenPage, sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        listed = rows(reader, Filters(list="all", money_kind="context", status=""), size=1000)
    row = next(row for row in listed if row.pool and row.account)
    pieces = [str(piece.value) for piece in open_page(sample, "alert", id=row.alert_id, lang="zh").html]
    [money_lines] = [piece for piece in pieces if "背景费用" in piece and "<dl" in piece]
    figures = formats("zh")
    assert figures.money(row.pool) in money_lines and figures.money(row.account) in money_lines
    assert figures.money(row.pool + row.account) not in money_lines


@pytest.mark.parametrize(("sort", "stated"), [("risk", True), ("money", False)])
def test_the_order_by_risk_is_explained(open_page: OpenPage, sample: Path, sort: str, stated: bool) -> None:
    app = open_page(sample, "alerts", lang="zh", sort=sort)
    shown = "".join(str(piece.value) for piece in app.html)
    assert "每笔结算在同类金额中只计一次" in shown
    assert ("金额 × 证据的确定程度" in shown) is stated


def test_the_name_of_an_institution_is_no_markdown(open_page: OpenPage, sample_to_change: Path) -> None:
    name = "![see](http://elsewhere/p.png) *Lilac* :red[x] $y$ <b>"
    with closing(sqlite3.connect(sample_to_change / "store.sqlite")) as store, store:
        store.execute("UPDATE institution SET name = ?", (name,))
        [provider] = store.execute("SELECT provider_id FROM alert WHERE provider_id <> ''").fetchone()
    with open_reader(sample_to_change) as changed:
        assert changed is not None
        pseudonym = changed.identity("provider", provider)
    app = open_page(sample_to_change, "alerts", provider=pseudonym, list="all", status="any", lang="en")
    assert not app.exception
    [label] = [button.label for button in app.button if "Lilac" in button.label]
    shown = re.sub(r"\\([!-/:-@\[-`{-~])", "", label)
    assert not set("![]*$<") & set(shown)
    assert name in re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", label)
