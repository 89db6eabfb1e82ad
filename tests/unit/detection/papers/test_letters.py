"""Letters list what the institution has to explain, and nothing else; templates are checked as a whole."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import polars as pl
import pytest
from docx.document import Document as WordDocument
from support.dashboard_fixtures import sample, sample_to_change, small_sample
from support.drafts import a_draft
from support.signing_in import LI
from support.store_runs import Store
from support.written_exports import mark_of_last

from detection.alerts.draft import AlertDraft
from detection.followup.papers import LetterRequest, letter
from detection.papers.letter import letter_filling
from detection.papers.template import PARAGRAPHS, REQUIRED, TABLES, TEXTS
from detection.papers.templates import default_template
from detection.papers.wording import PaperWords
from detection.store.queries import Filters
from detection.store.queries.alert import alert_page
from detection.store.queries.alerts import Row, rows
from detection.store.queries.disclosure.letter import letter_material
from detection.store.queries.disclosure.log import last_exports, last_reveals
from detection.store.queries.evidence import evidence_count
from detection.store.queries.reader import open_reader, open_store
from features.errors import UsageError

__all__ = ["sample", "sample_to_change", "small_sample"]
TEN = "2024-07-03T10:00:00"
REQUEST = LetterRequest("2024-07-03", issuer="市医疗保障局", number="〔2024〕17号", contact="0513-1", days=10)
NEVER = ("欺诈", "骗", "套现", "串通", "违法", "犯罪", "fraud", "collusion", "illegal", "crime", "cash-out")


def institutional(root: Path) -> Row:
    """An alert with settlements at an institution."""
    with open_reader(root) as reader:
        assert reader is not None
        return next(row for row in rows(reader, Filters()) if row.place and row.subject_kind == "person")


def written(
    root: Path,
    *alerts: str,
    language: str = "zh",
    reveal: bool = False,
    reason: str = "",
    templates: Path | None = None,
) -> WordDocument:
    content = letter(
        root,
        alerts,
        REQUEST,
        language=language,
        actor=LI,
        at=TEN,
        reveal=reveal,
        reason=reason,
        templates=templates,
    )
    return docx.Document(io.BytesIO(content))


def text_of(document: WordDocument) -> str:
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_says_who_writes_to_whom_what_by_when_and_under_which_law(
    sample: Path, language: str
) -> None:
    alert = institutional(sample)
    with open_reader(sample) as reader:
        assert reader is not None
        page, material = alert_page(reader, alert.alert_id), letter_material(reader, [alert.alert_id])
    document = written(sample, alert.alert_id, language=language)
    text = text_of(document)
    for part in ("市医疗保障局", "〔2024〕17号", "0513-1", alert.place, alert.alert_id):
        assert part in text
    assert {"zh": "2024年7月13日", "en": "2024-07-13"}[language] in text, "ten days after the letter"
    assert all(reason in text for reason in page.card.words[language].innocent_explanations)
    [table] = document.tables
    assert len(table.rows) == len(material) + 2 > 3, "heading, settlements, total"
    assert {row.cells[2].text for row in table.rows[1:-1]} == {row.settlement for row in material.rows}
    assert "{{" not in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_names_no_other_institution_and_no_ranking(store: Store, language: str) -> None:
    here, ranked = a_draft("here"), a_draft("ranked", money_kind="context")
    elsewhere = a_draft("elsewhere", settlements=("s-1", "s-2"))
    place = pl.when(pl.col("settlement_id") == "s-2").then(pl.lit("p2")).otherwise(pl.col("provider_id"))
    elsewhere = replace(elsewhere, evidence=elsewhere.evidence.with_columns(provider_id=place))
    store.run("r1", here, elsewhere, ranked)

    def matter(draft: AlertDraft) -> str:
        with open_store(store.workspace) as reader:
            material = letter_material(reader, [draft.alert_id])
        [sentence] = letter_filling(material, REQUEST, PaperWords(language)).paragraphs["matter"]
        return sentence

    title = here.explanation.title[language]
    assert matter(here) != title, "what was seen is all at this institution"
    assert (matter(elsewhere), matter(ranked)) == (title, title)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_letter_accuses_whatever_the_detector(sample: Path, language: str) -> None:
    fixed = text_of(docx.Document(io.BytesIO(default_template(language))))
    assert [word for word in NEVER if word in fixed.lower()] == []
    words, letters = PaperWords(language), 0
    with open_reader(sample) as reader:
        assert reader is not None
        for row in {row.detector: row for row in rows(reader, Filters(list="all"))}.values():
            if not evidence_count(reader, row.alert_id):
                continue  # only records: there is no institution to write to
            filling = letter_filling(letter_material(reader, [row.alert_id]), REQUEST, words)
            text = repr(filling).lower()
            assert [word for word in NEVER if word in text] == [], row.detector
            letters += 1
    assert letters > 20


def test_a_letter_never_lists_settlements_of_another_institution(store: Store) -> None:
    draft = a_draft("one")
    store.run("r1", draft)
    with open_store(store.workspace) as reader:
        material = letter_material(reader, [draft.alert_id])
        all_rows = alert_page(reader, draft.alert_id).row.evidence_rows
    assert material.institution == "Lilac Pharmacy"
    assert 0 < len(material) <= all_rows


def test_ids_are_masked_unless_a_reason_is_recorded(sample: Path) -> None:
    alert = institutional(sample).alert_id
    masked = text_of(written(sample, alert))
    assert "P-" in masked and "S-" in masked
    with pytest.raises(UsageError, match="reason"):
        written(sample, alert, reveal=True, reason="x")
    revealed = text_of(written(sample, alert, reveal=True, reason="hearing on Friday"))
    assert "P-" not in revealed and "S-" not in revealed
    with open_reader(sample) as reader:
        assert reader is not None
        [entry, *_] = last_reveals(reader, 1)
        [file, *_] = last_exports(reader, 1)
    assert (entry.what, entry.reason, entry.actor) == ("letter", "hearing on Friday", "li")
    assert (file.what, file.file_format, file.detail, file.rows) == ("letter", "docx", alert, entry.rows)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_letter_has_its_mark_at_the_foot_and_as_a_property_and_else_the_same_bytes(
    sample: Path, language: str
) -> None:
    alert = institutional(sample).alert_id
    marks, files = [], []
    for _ in range(2):
        content = letter(sample, [alert], REQUEST, language=language, actor=LI, at=TEN)
        marks.append(mark_of_last(sample, language))
        document = docx.Document(io.BytesIO(content))
        assert document.core_properties.comments == marks[-1]
        for section in document.sections:
            assert section.footer.paragraphs[-1].text == marks[-1]
        with zipfile.ZipFile(io.BytesIO(content)) as file:
            parts = {name: file.read(name) for name in file.namelist()}
        files.append({name: part.replace(marks[-1].encode(), b"") for name, part in parts.items()})
    assert files[0] == files[1] and marks[0] != marks[1]


def test_alerts_of_several_institutions_are_no_letter(sample: Path) -> None:
    with open_reader(sample) as reader:
        assert reader is not None
        by_place = {row.place: row.alert_id for row in rows(reader, Filters()) if row.place}
    first, second, *_ = by_place.values()
    with pytest.raises(UsageError, match="several"):
        written(sample, first, second)
    with pytest.raises(UsageError, match="no alert"):
        written(sample, "A-none")


def template(folder: Path, *lines: str) -> Path:
    """A folder with a template of these paragraphs."""
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    made.save(str(folder / "letter-zh.docx"))
    return folder


COMPLETE = [
    *(f"{name}: {{{{{name}}}}}" for name in REQUIRED if name in TEXTS),
    "{{matter}}",
    "{{settlements}}",
    "{{law}}",
]


def test_a_fund_s_own_template_is_used_from_a_folder_or_from_the_workspace(
    sample_to_change: Path, tmp_path: Path
) -> None:
    alert = institutional(sample_to_change).alert_id
    folder = tmp_path / "templates"
    folder.mkdir()
    template(folder, "Our own letter", *COMPLETE)
    assert written(sample_to_change, alert, templates=folder).paragraphs[0].text == "Our own letter"
    (sample_to_change / "templates").mkdir()
    template(sample_to_change / "templates", "The workspace's letter", *COMPLETE)
    assert written(sample_to_change, alert).paragraphs[0].text == "The workspace's letter"


def test_every_wrong_place_of_a_template_is_named_at_once(sample: Path, tmp_path: Path) -> None:
    folder = template(tmp_path, "{{adressee}}", "see {{settlements}} below", *COMPLETE[1:6])
    with pytest.raises(UsageError) as refused:
        written(sample, institutional(sample).alert_id, templates=folder)
    assert [str(problem) for problem in refused.value.problems] == [
        "unknown place: {{adressee}}",
        "{{settlements}} must stand alone in its paragraph",
        "missing place: {{addressee}}",
        "missing place: {{law}}",
    ]
    (tmp_path / "letter-zh.docx").write_text("no Word file")
    with pytest.raises(UsageError, match="no Word file"):
        written(sample, institutional(sample).alert_id, templates=tmp_path)
    with pytest.raises(UsageError, match="no template"):
        written(sample, institutional(sample).alert_id, templates=tmp_path / "nowhere")


def test_a_place_that_word_has_cut_into_runs_is_filled_and_keeps_its_look(
    sample: Path, tmp_path: Path
) -> None:
    made = docx.Document()
    paragraph = made.add_paragraph("To ")
    paragraph.add_run("{{addr").bold = True
    paragraph.add_run("essee}}, about {{number}}.")
    for line in COMPLETE[1:]:
        made.add_paragraph(line)
    made.save(str(tmp_path / "letter-zh.docx"))
    alert = institutional(sample)
    first = written(sample, alert.alert_id, templates=tmp_path).paragraphs[0]
    assert first.text == f"To {alert.place}, about 〔2024〕17号."
    assert [run.text for run in first.runs if run.bold] == [alert.place]


def test_our_own_templates_have_every_place(tmp_path: Path) -> None:
    for language in ("zh", "en"):
        text = text_of(docx.Document(io.BytesIO(default_template(language))))
        assert [name for name in (*TEXTS, *PARAGRAPHS, *TABLES) if f"{{{{{name}}}}}" not in text] == []
