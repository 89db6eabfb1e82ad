"""Alerts written by hand: every kind, every grade, every change since the run before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from support.dashboard_evidence import money
from support.dashboard_institutions import DISTRICTS, KINDS
from support.dashboard_runs import EARLIER, FEATURES, LAST_DAY, RUN

from detection.detectors.catalogue import catalogue
from detection.language.law import Citation
from detection.masking import mark
from detection.store import schema

SEVERITIES = ("info", "watch", "suspicious", "highly_suspicious", "definite")
CHANGES = ("new", "new", "changed", "same", "same")


def _subject(kind: str, n: int) -> str:
    return {"provider": f"prov-{n % 12:03d}", "group": f"G-{n:012x}"}.get(kind, f"person-{n:05d}")


def alert_of(place: int, n: int, detector: str) -> schema.Alert:
    """The nth alert of a detector, at a place in the order of all."""
    card = catalogue()[detector].card
    at = (place // 8 * 5 + n % 3) % 12  # an institution meets a few detectors, not all of them
    provider, subject = f"prov-{at:03d}", _subject(card.subject, place)
    severity = SEVERITIES[min(4 - n % 4, 4 if card.certainty == "deterministic" else 3)]
    end = LAST_DAY - dt.timedelta(days=(place * 7) % 170)
    pool, account = money(place)
    by_score = card.kind == "model"
    total = f"{(pool + account) / 100:,.2f}"
    person, where = mark("person", f"person-{place:05d}"), mark("provider", provider)
    causes = list(card.causes) or ["together"]
    return schema.Alert(
        alert_id=f"A-{place:020x}",
        run_id=RUN,
        first_run_id=RUN if CHANGES[n % 5] == "new" else EARLIER,
        change=CHANGES[n % 5],
        detector=detector,
        detector_kind=card.kind,
        family=card.family,
        queue=card.queue if n % 7 else ("agency" if n else "data"),
        certainty=card.certainty,
        money_kind=card.money_kind,
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
        severity_order=SEVERITIES.index(severity),
        pool_at_issue=pool,
        account_at_issue=account,
        amount_at_issue=pool + account,
        period_start=(end - dt.timedelta(days=11 * 9)).isoformat(),
        period_end=end.isoformat(),
        evidence_rows=12,
        evidence_digest=f"{place:016x}",
        district=DISTRICTS[place % 4],
        provider_id=provider,
        provider_kind=KINDS[at % 6],
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
        leaves_list_if={"features": [FEATURES[card.subject]], "rank_then": 214} if by_score else {},
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


def _reasons(n: int, kind: str) -> list[dict[str, Any]]:
    return [
        {
            "feature": FEATURES[kind],
            "value": 41.0 + n,
            "median": 3.0,
            "rank": 1,
            "peers": 214,
            "en": f"{41 + n} visits per enrolled month: 1st of 214 comparable, median 3",
            "zh": f"每参保月就诊购药 {41 + n} 次：在 214 个同类中排第 1，中位数 3",
        }
    ]
