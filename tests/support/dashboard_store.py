"""A small store written by hand: every kind of alert, every picture, every state that a screen can show.

All people and institutions in it are made up.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from detection.detectors.card_content import card_json
from detection.detectors.catalogue import catalogue
from detection.language.law import Citation
from detection.masking import mark
from detection.store import schema
from detection.store.connection import writing
from detection.store.writer import Writer
from features.workspace import Workspace, open_workspace

RUN, EARLIER, SNAPSHOT = "r" * 16, "q" * 16, "s" * 16
LAST_DAY = dt.date(2024, 6, 30)
HOSTILE = """=1+1 <img src=x onerror="window.hit=1"> & Clinic"""
"""A name as an export may bring it: it must be shown as text, everywhere."""
_NAMES = (
    "Harbour Road Pharmacy",
    HOSTILE,
    "Jade Spring Pharmacy",
    "First People's Hospital",
    "Willow Lane Health Center",
    "Golden Autumn Pharmacy",
    "South Gate Pharmacy",
    "Riverside Clinic",
    "Third Hospital",
    "Morning Sun Pharmacy",
    "Lakeside Health Center",
    "Peace Street Pharmacy",
)
_KINDS = ("pharmacy", "clinic", "pharmacy", "hospital", "primary_care", "pharmacy")
_LEVELS = ("ungraded", "primary", "ungraded", "tertiary", "primary", "ungraded")
_DISTRICTS = ("320613", "320612", "320614", "320681")
_FEATURES = {
    "person": "visits_per_enrolled_month",
    "provider": "visits_per_patient_month",
    "payer_account": "aid_per_settlement",
}
_SEVERITIES = ("info", "watch", "suspicious", "highly_suspicious", "definite")
_CHANGES = ("new", "new", "changed", "same", "same")


def build(
    root: Path, manifest: dict[str, Any], *, alerts_of_each: int
) -> tuple[Workspace, list[schema.Alert]]:
    """Fill an empty folder with a workspace of one earlier run and the current one; gives its alerts too."""
    workspace = open_workspace(root, create=True)
    Writer(workspace.store)
    with Session(writing(workspace.store), expire_on_commit=False) as session:
        session.add_all(
            [_run(EARLIER, 1, "2024-06-03T08:00:00", manifest), _run(RUN, 2, "2024-07-02T08:00:00", manifest)]
        )
        session.flush()
        session.add(schema.State(id=1, current_run_id=RUN))
        session.add_all([*_institutions(), *_monthly(), *_matrix(), *_cards()])
        session.flush()
        alerts = [_alert(*place) for place in _places(alerts_of_each)]
        session.add_all(alerts)
        session.flush()
        session.add_all([row for alert in alerts for row in _evidence(alert)])
        session.commit()
    return workspace, alerts


def build_empty(root: Path) -> Workspace:
    """A workspace in which nothing has been run."""
    return open_workspace(root, create=True)


def _run(run_id: str, number: int, finished_at: str, manifest: dict[str, Any]) -> schema.Run:
    return schema.Run(
        run_id=run_id,
        number=number,
        finished_at=finished_at,
        as_of="2024-07-01",
        area="320600",
        snapshot_id=SNAPSHOT,
        code_version="0.1.0",
        config_digest="c" * 16,
        simulated=True,
        first_day="2023-01-01",
        last_day=LAST_DAY.isoformat(),
        manifest=manifest,
        models={kind: {"version": f"{kind}-1a2b3c4d v1"} for kind in _FEATURES},
    )


def _institutions() -> list[schema.Institution]:
    return [
        schema.Institution(
            provider_id=f"prov-{n:03d}",
            name=name,
            kind=_KINDS[n % 6],
            level=_LEVELS[n % 6],
            district=_DISTRICTS[n % 4],
        )
        for n, name in enumerate(_NAMES)
    ]


def _monthly() -> list[schema.MonthlySpend]:
    months = [f"{2022 + n // 12}-{n % 12 + 1:02d}" for n in range(6, 30)]
    return [
        schema.MonthlySpend(
            month=month,
            settlements=9_000 + 40 * n,
            pool=210_000_000 + 3_000_000 * n + 9_000_000 * (n % 4),
            account=160_000_000 - 2_000_000 * n + 5_000_000 * (n % 3),
            mutual_aid=9_000_000 + 1_500_000 * n,
        )
        for n, month in enumerate(months)
    ]


def _matrix() -> list[schema.Assessability]:
    rows = []
    for n, name in enumerate(catalogue()):
        status = ("available", "available", "partial", "not_assessable", "available")[n % 5]
        assessed_rows = {"available": 311_692, "partial": 204_000, "not_assessable": 0}[status]
        reason = {
            "available": ("", ""),
            "partial": (
                "threshold min_days is first set on 2023-07-01",
                "监管阈值 min_days 自 2023-07-01 起设定",
            ),
            "not_assessable": ("needs provider_status", "缺少数据表 provider_status"),
        }[status]
        rows.append(
            schema.Assessability(
                run_id=RUN,
                detector=name,
                status=status,
                reason_en=reason[0],
                reason_zh=reason[1],
                rows_judged=assessed_rows,
                rows_total=311_692,
            )
        )
    return rows


def _cards() -> list[schema.CardVersion]:
    return [
        schema.CardVersion(
            digest=item.card.digest,
            detector=name,
            content=json.loads(card_json(item.card)),
        )
        for name, item in catalogue().items()
    ]


def _places(of_each: int) -> list[tuple[int, int, str]]:
    return [
        (detector * of_each + n, n, name) for detector, name in enumerate(catalogue()) for n in range(of_each)
    ]


def _subject(kind: str, n: int) -> str:
    return {"provider": f"prov-{n % 12:03d}", "group": f"G-{n:012x}"}.get(kind, f"person-{n:05d}")


def _alert(place: int, n: int, detector: str) -> schema.Alert:
    card = catalogue()[detector].card
    at = (place // 8 * 5 + n % 3) % 12  # an institution meets a few detectors, not all of them
    provider, subject = f"prov-{at:03d}", _subject(card.subject, place)
    severity = _SEVERITIES[min(4 - n % 4, 4 if card.certainty == "deterministic" else 3)]
    end = LAST_DAY - dt.timedelta(days=(place * 7) % 170)
    pool, account = _money(place)
    by_score = card.kind == "model"
    total = f"{(pool + account) / 100:,.2f}"
    person, where = mark("person", f"person-{place:05d}"), mark("provider", provider)
    causes = list(card.causes) or ["together"]
    return schema.Alert(
        alert_id=f"A-{place:020x}",
        run_id=RUN,
        first_run_id=RUN if _CHANGES[n % 5] == "new" else EARLIER,
        change=_CHANGES[n % 5],
        detector=detector,
        detector_kind=card.kind,
        family=card.family,
        queue=card.queue if n % 7 else ("agency" if n else "data"),
        certainty=card.certainty,
        typology=card.typology,
        subject_kind=card.subject,
        subject_id=subject,
        case_key=f"[{place}]",
        member_ids=[f"person-{place + k:05d}" for k in range(4)],
        title_en=card.words["en"].title,
        title_zh=card.words["zh"].title,
        seen_en=f"12 settlements, CN¥{total}, of {person} at {where}.",
        seen_zh=f"{person}在{where}有 12 笔结算，共 ¥{total}。",
        score=99.0 - place * 0.5,
        rank=place + 1,
        severity=severity,
        severity_order=_SEVERITIES.index(severity),
        pool_at_issue=pool,
        account_at_issue=account,
        amount_at_issue=pool + account,
        period_start=(end - dt.timedelta(days=11 * 9)).isoformat(),
        period_end=end.isoformat(),
        evidence_rows=12,
        evidence_digest=f"{place:016x}",
        district=_DISTRICTS[place % 4],
        provider_id=provider,
        provider_kind=_KINDS[at % 6],
        legal_basis=[Citation("State Council Order No. 735", "art. 40").to_json()],
        figures={"n": 12, "causes": {causes[0]: 12}},
        reasons=_reasons(n, card.subject) if by_score else [],
        counter_evidence=[
            {
                "kind": "same_employer",
                "n": 2,
                "of": 4,
                "en": "2 of 4 people share an employer.",
                "zh": "4 人中有 2 人由同一单位参保。",
                "effect": "lowers grade",
            }
        ],
        leaves_list_if={"features": [_FEATURES[card.subject]], "rank_then": 214} if by_score else {},
        card_digest=card.digest,
        values_used={
            name: [
                {
                    "kind": "line",
                    "from": item.start.isoformat(),
                    "value": item.value,
                    "unit": item.unit,
                    "source": item.source,
                    "status": item.status,
                }
            ]
            for name, dated in card.thresholds.values.items()
            for item in dated[:1]
        },
        model_version="person 1" if by_score else None,
        status="dismissed" if n == 6 else "new",
        closed_reason=None,
        closed_reason_zh=None,
    )


def _money(place: int) -> tuple[int, int]:
    rows = [_row_money(place, k) for k in range(12)]
    return sum(pool for pool, _ in rows), sum(account for _, account in rows)


def _row_money(place: int, k: int) -> tuple[int, int]:
    return (place * 37 + k * 811) % 90_000, 12_345 + (place * 101 + k * 457) % 40_000


def _reasons(n: int, kind: str) -> list[dict[str, Any]]:
    return [
        {
            "feature": _FEATURES[kind],
            "value": 41.0 + n,
            "median": 3.0,
            "rank": 1,
            "peers": 214,
            "en": f"{41 + n} visits per enrolled month: 1st of 214 comparable, median 3",
            "zh": f"每参保月就诊购药 {41 + n} 次：在 214 个同类中排第 1，中位数 3",
        }
    ]


def _evidence(alert: schema.Alert) -> list[schema.Evidence] | list[schema.RecordEvidence]:
    if catalogue()[alert.detector].card.evidence == "records":
        return _records(alert)
    place, end = alert.rank - 1, dt.date.fromisoformat(alert.period_end)
    causes = list(catalogue()[alert.detector].card.causes) or ["together"]
    rows = []
    for k in range(12):
        day = end - dt.timedelta(days=(k // (4 if alert.subject_kind == "group" else 1)) * 9)
        pool, account = _row_money(place, k)
        person = alert.member_ids[k % 4] if alert.subject_kind == "group" else f"person-{place:05d}"
        rows.append(
            schema.Evidence(
                alert_id=alert.alert_id,
                settlement_id=f"st-{place:04d}-{k:02d}",
                cause=causes[k % len(causes)],
                person_id=person,
                provider_id=alert.provider_id,
                settled_at=f"{day.isoformat()} {8 + k % 11:02d}:{(k * 13) % 60:02d}:00",
                pool=pool,
                account=account,
                source_file="settlements.csv",
                source_row=1000 + place * 12 + k,
            )
        )
    return rows


def _records(alert: schema.Alert) -> list[schema.RecordEvidence]:
    """Ledger entries whose money is that of the alert."""
    place, end = alert.rank - 1, dt.date.fromisoformat(alert.period_end)
    causes = list(catalogue()[alert.detector].card.causes)
    return [
        schema.RecordEvidence(
            alert_id=alert.alert_id,
            record_table="account_entries",
            record_id=f"entry-{place:04d}-{k:02d}",
            cause=causes[k % len(causes)],
            person_id=f"person-{place:05d}",
            record_day=(end - dt.timedelta(days=k * 9)).isoformat(),
            pool=_row_money(place, k)[0],
            account=_row_money(place, k)[1],
            source_file="account_entries.csv",
            source_row=1000 + place * 12 + k,
        )
        for k in range(12)
    ]
