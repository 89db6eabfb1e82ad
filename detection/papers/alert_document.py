"""Everything that the page of an alert says, as a document; the picture alone stays on the screen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from detection.alerts.explanation import Check
from detection.language.features import feature_notes, feature_text
from detection.language.law import law_text
from detection.language.messages import grade_group
from detection.language.reason_of_place import of_alert
from detection.papers.alert_tables import price_tables, record_table, settlement_table, value_table
from detection.papers.wording import PaperWords
from detection.report.document import Document, Section, Table
from detection.store.lifecycle import OPEN
from detection.store.queries import Reader
from detection.store.queries.alert import AlertPage, Event, alert_page
from detection.store.queries.evidence import evidence, records


def alert_document(reader: Reader, alert_id: str, words: PaperWords) -> Document:
    """The alert with all of its evidence.

    Raises:
        UsageError: there is no such alert.
    """
    page, run = alert_page(reader, alert_id), reader.current_run()
    return Document(
        title=page.row.title[words.language],
        subtitle=words("alert.subtitle", number=alert_id, pattern=words.detector(page.row.detector)),
        details=(words("alert.run", run=run.run_id), words("alert.masked")),
        warnings=(*(words(f"mark.{mark}") for mark in reader.marks), words("alert.no_verdict")),
        sections=tuple(_sections(reader, page, words)),
    )


def _sections(reader: Reader, page: AlertPage, words: PaperWords) -> Iterator[Section]:
    language, card = words.language, page.card.words[words.language]
    yield Section(words("alert.seen"), (page.seen[language],), table=_details(page, words))
    yield from _points(words("alert.peers"), _peers(page, words))
    yield from _points(words("alert.innocent"), card.innocent_explanations)
    checks = [_check(check, words) for check in page.checks] or [words("alert.unchecked")]
    yield from _points(words("alert.checks"), checks)
    yield from _points(words("alert.counterfactual"), _counterfactual(page, words))
    yield from _points(words("alert.steps"), card.follow_up)
    for price in price_tables(page, words):
        yield Section(words("alert.priced"), table=price)
    most = max(page.row.evidence_rows, 1)
    if settled := evidence(reader, page.row.alert_id, page=1, size=most):
        yield Section(words("alert.settlements"), table=settlement_table(settled, page.card, words))
    if recorded := records(reader, page.row.alert_id, page=1, size=most):
        yield Section(words("alert.records"), table=record_table(recorded, page.card, words))
    yield from _points(words("alert.law"), [law_text(each, language) for each in page.citations])
    if page.values:
        yield Section(words("alert.values"), table=value_table(page, words))
    yield Section(words("alert.provenance"), (card.why_it_matters,), table=_provenance(page, words))
    yield from _points(words("alert.events"), [_event(event, words) for event in page.events])


def _points(heading: str, points: Sequence[str]) -> Iterator[Section]:
    """A section of points; none where there are none."""
    if points:
        yield Section(heading, points=tuple(points))


def _details(page: AlertPage, words: PaperWords) -> Table:
    row, figures = page.row, words.figures
    why = of_alert(row.kinds, row.expected_fen, row.money_kind, row.queue, words.language)
    place = words("alert.place", rank=figures.count(row.rank), why=why) if row.status in OPEN else ""
    details = {
        "severity": words.code(grade_group(row.queue), row.severity),
        "place": place,
        "status": words.code("status", row.status),
        "subject": f"{words.code('subject_kind', row.subject_kind)} {row.subject}",
        "institution": row.place,
        "period": f"{figures.day(row.first)} – {figures.day(row.last)}",
        "money_kind": words.code("money_kind", row.money_kind),
        "pool": figures.money(row.pool),
        "account": figures.money(row.account),
        "people": figures.count(len(page.members)) if page.members else "",
        "closed": page.closed[words.language],
    }
    return _named(details, words)


def _provenance(page: AlertPage, words: PaperWords) -> Table:
    details = {
        "typology": words.code("typology", page.row.typology),
        "certainty": words.code("certainty", page.certainty),
        "card": page.card_digest,
        "model": page.model_version or "",
        "first_run": page.first_run_id,
        "run": page.run_id,
    }
    return _named(details, words)


def _named(details: Mapping[str, str], words: PaperWords) -> Table:
    """Names and values, one pair a line; without those that are empty."""
    pairs = tuple((words(f"fact.{name}"), value) for name, value in details.items() if value)
    return Table((words("column.fact"), words("column.content")), ("left", "left"), pairs, (1, 4))


def _peers(page: AlertPage, words: PaperWords) -> list[str]:
    sentences = [reason.text[words.language] for reason in page.reasons]
    if page.row.peer_rank and page.row.peers:
        count = words.figures.count
        rank = "alert.rank_of_all" if page.row.among_all else "alert.rank"
        sentences.append(words(rank, rank=count(page.row.peer_rank), peers=count(page.row.peers)))
    return sentences


def _check(check: Check, words: PaperWords) -> str:
    effect = words.code("effect", check.effect.replace(" ", "_"))
    return words("alert.check", text=check.text[words.language], effect=effect)


def _counterfactual(page: AlertPage, words: PaperWords) -> list[str]:
    """What, once explained, takes a subject off a model's list; nothing for a rule."""
    if page.counterfactual is None or not page.counterfactual.features:
        return []
    notes = {note.name: note for note in feature_notes()}
    rank = words.figures.count(page.counterfactual.rank_then)
    features = [
        feature_text(notes[name], page.own_values.get(name), words.language) if name in notes else name
        for name in page.counterfactual.features
    ]
    return [words("alert.counterfactual.rank", rank=rank), *features]


def _event(event: Event, words: PaperWords) -> str:
    """When, who, what, why."""
    action = words.code("action", event.action)
    parts = (event.at.replace("T", " "), event.actor, action, event.note[words.language])
    return " · ".join(part for part in parts if part)
