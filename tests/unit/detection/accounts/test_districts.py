"""An actor of some districts reaches the alerts of these alone: lists, totals, papers, acts, real ids."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from support.dashboard_fixtures import fill
from support.signing_in import WHEN

from detection.accounts.rights import Actor, NotAllowedError, Role
from detection.followup.acts import act
from detection.followup.exports import AlertList, RiskSubjects, export_list
from detection.followup.papers import LetterRequest, alert_pdf, letter
from detection.followup.reveals import reveal
from detection.store.queries import alert as alert_queries
from detection.store.queries.alerts import Filters, Row, choices, counts_by_list, neighbors, rows, totals
from detection.store.queries.evidence import evidence
from detection.store.queries.home import home
from detection.store.queries.reader import Reader, open_reader
from features.errors import UsageError

LETTER = LetterRequest("2026-11-30", issuer="", number="", contact="", days=10)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return fill(tmp_path_factory.mktemp("districts") / "ws", alerts_of_each=2)


def read(workspace: Path, districts: tuple[str, ...] | None = None, district: str = "") -> list[Row]:
    with open_reader(workspace, districts) as reader:
        assert reader is not None
        return rows(reader, Filters(district=district, status=""))


@pytest.fixture(scope="module")
def own(filled: Path) -> str:
    """A district with alerts; there are others."""
    with open_reader(filled) as reader:
        assert reader is not None
        first, *others = choices(reader)["district"]
    assert others
    return first


@pytest.fixture(scope="module")
def foreign(filled: Path, own: str) -> str:
    """An alert of another district."""
    mine = {row.alert_id for row in read(filled, district=own)}
    others = [row.alert_id for row in read(filled) if row.alert_id not in mine]
    assert mine and others
    return others[0]


def test_every_query_on_alerts_is_limited(filled: Path, own: str, foreign: str) -> None:
    """What a limited reader sees without a filter is what the others see with the filter of the district."""

    def seen(reader: Reader, filters: Filters) -> tuple[object, ...]:
        return (
            rows(reader, filters),
            totals(reader, filters),
            counts_by_list(reader, filters),
        )

    with open_reader(filled, (own,)) as limited, open_reader(filled) as all_seen:
        assert limited is not None and all_seen is not None
        assert seen(limited, Filters()) == seen(all_seen, Filters(district=own))
        assert choices(limited)["district"] == [own]
        last = rows(limited, Filters())[-1].alert_id
        assert neighbors(limited, last, Filters()).after is None
        with pytest.raises(UsageError, match="There is no alert"):
            alert_queries.alert_page(limited, foreign)
        assert evidence(all_seen, foreign, page=1, size=5) and not evidence(limited, foreign, page=1, size=5)
        mine = {row.provider for row in rows(limited, Filters())}
        assert {row.provider for row in home(limited).institutions} <= mine


def test_what_a_limited_reader_sums_is_not_kept_for_the_others(filled: Path, own: str) -> None:
    of_a_period = Filters(start="2000-01-01")
    with open_reader(filled, (own,)) as limited, open_reader(filled) as all_seen:
        assert limited is not None and all_seen is not None
        mine, everything = totals(limited, of_a_period), totals(all_seen, of_a_period)
        assert mine == totals(all_seen, replace(of_a_period, district=own))
        assert everything.alerts > mine.alerts
        assert everything.in_question.amount > mine.in_question.amount > 0


def test_services_refuse_alerts_of_other_districts(filled: Path, own: str, foreign: str) -> None:
    actor = Actor("chen", Role.supervisor, (own,))
    outcome = act(filled, [foreign], actor=actor, action="triage", at=WHEN)
    assert outcome.done == () and "There is no alert" in outcome.refused[0]
    with pytest.raises(UsageError, match="There is no alert"):
        alert_pdf(filled, foreign, language="zh", actor=actor, at=WHEN)
    with pytest.raises(UsageError, match="There is no alert"):
        letter(filled, [foreign], LETTER, language="zh", reveal=True, reason="case 7", actor=actor, at=WHEN)


def test_an_exported_list_has_the_own_district_alone(filled: Path, own: str) -> None:
    actor = Actor("chen", Role.supervisor, (own,))
    given = partial(export_list, filled, file_format="csv", language="en", actor=actor, at=WHEN)
    content = given(AlertList()).decode("utf-8-sig")
    mine = {row.alert_id for row in read(filled, district=own)}
    exported = {row.alert_id for row in read(filled) if row.alert_id in content}
    assert exported and exported <= mine
    with pytest.raises(NotAllowedError, match="whole fund"):
        given(RiskSubjects("person"))


def test_a_person_whom_no_alert_of_the_district_names_is_not_revealed(filled: Path, own: str) -> None:
    person = next(row.pseudonym for row in read(filled) if row.subject_kind == "person")
    given = partial(reveal, filled, person, reason="case 7 of May", at=WHEN)
    whole, nowhere = Actor("wang", Role.supervisor), Actor("chen", Role.supervisor, ("999999",))
    assert given(actor=whole).identity
    with pytest.raises(UsageError, match="No alert and no evidence"):
        given(actor=nowhere)
