"""What people type, senders write and institutions are called stays text: on screens, in files, in the database."""

from __future__ import annotations

import csv
import datetime as dt
import io
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from support.lead_files import lead_file
from support.signing_in import CHEAP, PASSWORD, WHEN

from dashboard.builtin_words import builtin_words
from dashboard.gate.account import WATCH
from dashboard.theme import LINKS, TYPING
from dashboard.wording import LANGUAGES
from detection.accounts import rights
from detection.accounts.opening import open_accounts
from detection.accounts.users import entry_of
from detection.cases.money import Entry
from detection.cases.moves import Act, Actor
from detection.followup import acts, suppressions
from detection.followup import cases as casework
from detection.followup.audit.verifying import verify_log
from detection.followup.casework import combining
from detection.followup.casework.files import NewFile, add_file
from detection.followup.casework.tasks import NewTask, add_task
from detection.followup.outside.feedback import feedback
from detection.followup.outside.importing import import_leads
from detection.followup.packs import build_pack
from detection.followup.reveals import reveal
from detection.store.accounts.records import UserRecord
from detection.store.queries.alerts import Filters, rows
from detection.store.queries.casework.cases import case_page
from detection.store.queries.casework.packet import packet_page
from detection.store.queries.casework.packets import PacketFilters, packets
from detection.store.queries.reader import open_reader
from features.workspace import Place, open_workspace

OpenPage = Callable[..., AppTest]
NOON = "2026-11-30T12:00:00"
DAY = dt.date(2026, 11, 30)
HOSTILE = "=1+1<script>alert(1)</script>![x](//a.example) '); DROP TABLE alert;-- ../../x"
"""A formula, a script, a picture of elsewhere, an order to the database, and a path."""
NAME = HOSTILE.replace("/", "")
SCRIPT, PICTURE = "<script>alert", "![x]("
FORMULA = ("=", "+", "-", "@", "\t", "\r")
LI, WANG = Actor("li", "inspector"), Actor("wang", "inspector")
ZHAO, CHEN = Actor("zhao", "supervisor"), Actor("chen", "reviewer")
ROLES = {
    "zhao": rights.Role.supervisor,
    "li": rights.Role.inspector,
    "wang": rights.Role.inspector,
    "chen": rights.Role.reviewer,
    "admin": rights.Role.administrator,
}
CASE, LEAD, PAGES = (
    "C-2026-0001",
    "L-2026-0001",
    ("home", "alerts", "work", "packets", "leads", "recovery", "risk", "network", "family"),
)


def in_every_field(root: Path) -> str:
    """Type the text in each field that keeps text, and call institutions so; the packet whose case it is."""
    with sqlite3.connect(root / "store.sqlite") as connection:
        connection.execute("UPDATE institution SET name = name || ?", (NAME,))
    store = open_accounts(root).store
    for name, role in ROLES.items():
        user = UserRecord(name, HOSTILE, role.value, None, CHEAP.hashed(PASSWORD), WHEN)
        assert store.add_user(
            user, entry_of(user, "user_add", rights.Actor("root", rights.Role.terminal), WHEN)
        )
    with open_reader(root) as reader:
        assert reader is not None
        first, second = packets(reader, PacketFilters("institutions"))[:2]
        [alert, other] = packet_page(reader, second.packet_id).alerts[:2]
        person = next(row.subject for row in rows(reader, Filters()) if row.subject.startswith("P-"))
    casework.open_case(root, first.packet_id, actor=LI, at=NOON, reason=HOSTILE)
    for actor, act in (
        (ZHAO, Act("approve_opening", DAY, HOSTILE, "penalty")),
        (ZHAO, Act("assign", DAY, HOSTILE, inspectors=frozenset({"li", "wang"}))),
        (LI, Act("note", DAY, HOSTILE)),
        (LI, Act("record_harm", DAY, HOSTILE)),
    ):
        casework.move(root, CASE, act, actor=actor, at=NOON)
    add_task(root, CASE, NewTask(HOSTILE, "li", DAY), actor=LI, at=NOON)
    add_file(root, CASE, NewFile(f"{NAME}.pdf", b"%PDF-1.7", HOSTILE), actor=LI, at=NOON)
    for actor, act in (
        (LI, Act("draft_findings", DAY, HOSTILE, "confirmed_violation/not_delivered")),
        (CHEN, Act("review_findings", DAY, HOSTILE)),
        (LI, Act("serve_notice", DAY, HOSTILE, document=HOSTILE, document_day=DAY)),
    ):
        casework.move(root, CASE, act, actor=actor, at=NOON)
    money = Entry("recovered", "pool", "confirmed", 1)
    casework.record_money(root, CASE, money, Act("record_money", DAY, HOSTILE), actor=LI, at=NOON)
    rows_of_leads = lead_file(
        {"sender_number": HOSTILE, "institution": f"{second.subject}x", "text": HOSTILE},
        {"institution": HOSTILE},
    )
    import_leads(root, rows_of_leads, f"{HOSTILE}.csv", sender=HOSTILE, actor=LI, at=NOON)
    combining.link(root, CASE, LEAD, actor=ZHAO, at=NOON, reason=HOSTILE)
    until = dt.date(2027, 1, 31)
    quiet = Act("propose_suppression", DAY, HOSTILE, "legitimate_explained/nursing_home", until=until)
    suppressions.propose(root, alert.alert_id, quiet, actor=LI, at=NOON)
    acts.act(
        root,
        [other.alert_id],
        actor=rights.Actor("li", rights.Role.inspector),
        action="triage",
        at=NOON,
        note=HOSTILE,
    )
    reveal(root, person, reason=HOSTILE, actor=rights.Actor("li", rights.Role.inspector), at=NOON)
    return first.packet_id


@pytest.fixture
def packet_id(sample_to_change: Path) -> str:
    return in_every_field(sample_to_change)


def read_as_markdown(app: AppTest) -> Iterator[str]:
    """Texts that Streamlit reads as Markdown: what stands by itself, and labels with their options."""
    for kind in (app.markdown, app.caption, app.error, app.warning, app.info, app.success):
        yield from (str(piece.value) for piece in kind)
    for control in (
        *app.button,
        *app.radio,
        *app.checkbox,
        *app.selectbox,
        *app.multiselect,
        *app.text_input,
    ):
        yield str(control.label)
    for radio in app.radio:
        yield from radio.options
    yield from (str(part.label) for part in (*app.expander, *app.tabs))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_typed_is_text_on_every_screen(
    open_page: OpenPage, sample_to_change: Path, packet_id: str, language: str
) -> None:
    shown: dict[tuple[str, str], str] = {}
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        alert = packet_page(reader, packet_id).alerts[0]
    ids = {
        "case": (CASE, LEAD),
        "packet": (packet_id,),
        "alert": (alert.alert_id,),
        "institution": (packet_id.partition(".")[2],),
    }
    opened = [("zhao", page, each) for page in (*PAGES, *ids, "audit") for each in ids.get(page, ("",))]
    for who, page, about in (*opened, ("admin", "users", "")):
        app = open_page(sample_to_change, page, signed_in_as=who, lang=language, id=about)
        assert not app.exception, page
        html = "\n".join(str(piece.value) for piece in app.html)
        for own in (LINKS, TYPING, WATCH, *map(builtin_words, LANGUAGES)):
            html = html.replace(own, "")
        assert SCRIPT not in html and "<img" not in html, page
        assert [text for text in read_as_markdown(app) if PICTURE in text] == [], page
        shown[page, about] = html
    with_it = {page for page, html in shown.items() if "&lt;script&gt;alert" in html}
    assert shown.keys() - with_it == set()


def test_what_was_typed_starts_no_formula_and_no_script_in_files(
    sample_to_change: Path, packet_id: str
) -> None:
    assert packet_id
    sheet = feedback(sample_to_change, HOSTILE, language="zh", actor=ZHAO, at=NOON, file_format="csv")
    cells = [cell for row in csv.reader(io.StringIO(sheet.decode("utf-8-sig"))) for cell in row]
    assert any("=1+1" in cell for cell in cells), "the number of the sender goes back"
    assert [cell for cell in cells if cell.startswith(FORMULA)] == []
    supervisor = rights.Actor("zhao", rights.Role.supervisor)
    pack = build_pack(Place(sample_to_change), CASE, actor=supervisor, at="2027-06-01T12:00:00")
    with zipfile.ZipFile(io.BytesIO(pack.content)) as archive:
        index = archive.read("index.html").decode()
        assert SCRIPT not in index and "<img" not in index and "&lt;script&gt;alert" in index


def test_what_was_typed_orders_nothing_from_the_database(sample_to_change: Path, packet_id: str) -> None:
    assert packet_id
    with open_reader(sample_to_change) as reader:
        assert reader is not None
        page = case_page(reader, CASE, DAY)
        listed = rows(reader, Filters(text=HOSTILE))
    assert {event.reason for event in page.events if event.move in {"note", "serve_notice"}} == {HOSTILE}
    assert listed == []
    assert verify_log(open_workspace(sample_to_change), actor="root", at=NOON).fault is None
