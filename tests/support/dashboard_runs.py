"""The runs of the store that is written by hand: what they read, spent and could assess.

All of it is made up.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from detection.detectors.card_content import card_json
from detection.detectors.catalogue import catalogue
from detection.store import schema

RUN, EARLIER, SNAPSHOT = "r" * 16, "q" * 16, "s" * 16
LAST_DAY = dt.date(2024, 6, 30)
FEATURES = {
    "person": "visits_per_enrolled_month",
    "provider": "visits_per_patient_month",
    "payer_account": "aid_per_settlement",
}


def run(run_id: str, number: int, finished_at: str, manifest: dict[str, Any]) -> schema.Run:
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
        models={kind: {"version": f"{kind}-1a2b3c4d v1"} for kind in FEATURES},
    )


def monthly() -> list[schema.MonthlySpend]:
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


def matrix() -> list[schema.Assessability]:
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


def cards() -> list[schema.CardVersion]:
    return [
        schema.CardVersion(
            digest=item.card.digest,
            detector=name,
            content=json.loads(card_json(item.card)),
        )
        for name, item in catalogue().items()
    ]
