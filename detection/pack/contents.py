"""What a pack holds of its own: alerts, rows, cards, policy, law, cases, money and the log, as files."""

from __future__ import annotations

import json
from collections.abc import Iterator

from detection.language.law import law_text
from detection.pack.layout import ALERTS, CARDS, CASES, FACTS, LAW, LOG, MONEY, POLICY, ROWS, json_bytes
from detection.pack.tables import csv_bytes
from detection.proof.columns import evidence_columns
from detection.proof.values import Proof
from detection.store.queries.casework.pack import PackAlert, PackCase, PackMaterial

ROW_COLUMNS = (
    "row",
    "alert",
    "table",
    "id",
    "cause",
    "person",
    "institution",
    "institution_name",
    "at",
    "pool_fen",
    "account_fen",
    "paid_pool_fen",
    "paid_account_fen",
    "source_file",
    "source_row",
    "values",
)
MONEY_COLUMNS = ("row", "case", "entry", "event", "day", "kind", "fund", "stage", "fen")
LAW_COLUMNS = ("alert", "instrument", "article", "from", "to", "text_en", "text_zh")


def contents(material: PackMaterial, version: str) -> dict[str, bytes]:
    """The files of a pack from which everything else in it follows.

    Args:
        material: from the store and the data set.
        version: of the program.
    """
    files = {
        FACTS: json_bytes(_facts(material, version)),
        ALERTS: json_bytes([_alert(each) for each in material.alerts]),
        ROWS: csv_bytes(ROW_COLUMNS, _rows(material)),
        LAW: csv_bytes(LAW_COLUMNS, _law(material)),
        POLICY: json_bytes(_policy(material)),
        LOG: "".join(f"{entry.line()}\n" for entry in material.log).encode("utf-8", "surrogatepass"),
    }
    for digest, (detector, content) in material.cards.items():
        files[f"{CARDS}{digest}.json"] = json_bytes({"detector": detector, "digest": digest, "card": content})
    if material.cases:
        files[CASES] = json_bytes([_case(case) for case in material.cases])
        files[MONEY] = csv_bytes(MONEY_COLUMNS, _money(material))
    return files


def _facts(material: PackMaterial, version: str) -> dict[str, object]:
    last = material.log[-1]
    return {
        "about": material.about,
        "packet": material.packet_id,
        "subject_kind": material.subject_kind,
        "subject": material.subject,
        "pseudonym": material.pseudonym,
        "program": f"fundwatch {version}",
        "entry": {"number": last.number, "hash": last.hash, "at": last.at},
        "run": vars(material.run),
    }


def _alert(alert: PackAlert) -> dict[str, object]:
    page, row = alert.page, alert.page.row
    return {
        "alert": row.alert_id,
        "detector": row.detector,
        "card": page.card_digest,
        "model": page.model_version,
        "typology": row.typology,
        "certainty": page.certainty,
        "family": page.family,
        "queue": row.queue,
        "severity": row.severity,
        "status": alert.status,
        "subject_kind": row.subject_kind,
        "subject": row.pseudonym,
        "institution": page.provider,
        "members": list(page.members),
        "first": row.first,
        "last": row.last,
        "money_kind": row.money_kind,
        "pool_fen": row.pool,
        "account_fen": row.account,
        "title": row.title.to_json(),
        "seen": page.seen.to_json(),
        "innocent_explanations": {
            language: list(text.innocent_explanations) for language, text in page.card.words.items()
        },
        "checks": [check.to_json() for check in page.checks],
        "reasons": [reason.to_json() for reason in page.reasons],
        "leaves_list_if": page.counterfactual.to_json() if page.counterfactual else None,
        "prices": [price.to_json() for price in page.priced],
        "picture": page.card.picture,
        "causes": {name: {"en": cause.en, "zh": cause.zh} for name, cause in page.card.causes.items()},
        "first_run": page.first_run_id,
        "events": [dict(event) for event in alert.events],
    }


def _rows(material: PackMaterial) -> Iterator[tuple[object, ...]]:
    for number, row in enumerate(material.rows, 1):
        yield (
            number,
            row.alert,
            row.table,
            row.row,
            row.cause,
            row.person,
            row.institution,
            row.name,
            row.at,
            row.pool,
            row.account,
            row.paid_pool,
            row.paid_account,
            row.source_file,
            row.source_row,
            _values(row.proof),
        )


def _values(proof: Proof) -> str:
    """What carries the claim, in the order of the catalogue of columns."""
    known = {name: proof[name] for name in evidence_columns() if name in proof}
    return json.dumps(known, ensure_ascii=False) if known else ""


def _law(material: PackMaterial) -> Iterator[tuple[object, ...]]:
    for alert in material.alerts:
        for citation in alert.page.citations:
            stored = citation.to_json()
            yield (
                alert.page.row.alert_id,
                *(stored[name] for name in ("instrument", "article", "from", "to")),
                law_text(citation, "en"),
                law_text(citation, "zh"),
            )


def _policy(material: PackMaterial) -> dict[str, object]:
    run = material.run
    return {
        "area": run.area,
        "profile": run.policy_profile,
        "digest": run.policy_digest,
        "overlay": run.policy_overlay,
        "values": {
            alert.page.row.alert_id: [{"name": value.name, **value.to_json()} for value in alert.page.values]
            for alert in material.alerts
        },
    }


def _case(case: PackCase) -> dict[str, object]:
    return {
        "case": case.case_id,
        "kind": case.kind,
        "state": case.state,
        "opened_at": case.opened_at,
        "from_lead": case.from_lead,
        "events": [dict(event) for event in case.events],
        "outside_leads": [{"lead": lead} | dict(stated) for lead, stated in case.origins.leads.items()],
        "related": [
            {"case": each.case_id, "relation": each.relation, "event": each.event_id}
            for each in case.origins.relations
        ],
    }


def _money(material: PackMaterial) -> Iterator[tuple[object, ...]]:
    names = ("case_id", "entry_id", "event_id", "day", "kind", "fund", "stage", "amount")
    entries = [entry for case in material.cases for entry in case.money]
    for number, entry in enumerate(entries, 1):
        yield (number, *(entry[name] for name in names))
