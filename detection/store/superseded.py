"""Evidence of alerts that a later delivery corrected: named in the alert's history, with where it was and its money."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from detection.language.formats import formats
from detection.language.text import Text
from detection.store import schema
from detection.store.closing import Closing

_SHOWN = 5


@dataclass
class _Rows:
    """Superseded evidence of one alert: where each row was, and fen of all of them."""

    places: list[str] = field(default_factory=list)
    pool: int = 0
    account: int = 0


def superseding(
    connection: Connection, alert_ids: Sequence[str], superseded: Mapping[str, str], run_id: str
) -> dict[str, Closing]:
    """What to add to the history of alerts whose evidence, as it is stored, holds rows that no longer count.

    Args:
        connection: before the evidence is written again.
        alert_ids: alerts that are open.
        superseded: by settlement, or ``table:key`` of a record, where the row was that no longer counts.
        run_id: the run that read the correction.
    """
    if not superseded or not alert_ids:
        return {}
    wanted, rows = set(alert_ids), defaultdict[str, _Rows](_Rows)
    evidence, records = schema.Evidence, schema.RecordEvidence
    of_settlements = (evidence.source_file, evidence.source_row, evidence.pool, evidence.account)
    of_records = (records.source_file, records.source_row, records.pool, records.account)
    stored = [
        *connection.execute(select(evidence.alert_id, evidence.settlement_id, *of_settlements)),
        *(
            (alert_id, f"{table}:{record}", *rest)
            for alert_id, table, record, *rest in connection.execute(
                select(records.alert_id, records.record_table, records.record_id, *of_records)
            )
        ),
    ]
    for alert_id, key, file, row, pool, account in stored:
        place = superseded.get(key, "")
        # A row that the run of that delivery has read already names the correction, and not what was corrected.
        if alert_id in wanted and f"/{place}".endswith(f"/{file} row {row:,}"):
            of_alert = rows[alert_id]
            of_alert.places.append(place)
            of_alert.pool += pool
            of_alert.account += account
    return {alert_id: _note(of_alert, run_id) for alert_id, of_alert in sorted(rows.items())}


def _note(rows: _Rows, run_id: str) -> Closing:
    places = sorted(rows.places)
    shown, more = ", ".join(places[:_SHOWN]), len(places) - _SHOWN
    en, zh = formats("en"), formats("zh")
    return Closing(
        "superseded",
        Text(
            f"Run {run_id} read corrections of {len(places):,} rows of its evidence: {shown}"
            f"{f' and {more:,} more' if more > 0 else ''}. As they were: pooled fund {en.yuan(rows.pool)}, "
            f"account {en.yuan(rows.account)}.",
            f"运行 {run_id} 读入其证据中 {len(places):,} 行的更正：{shown}"
            f"{f' 等另 {more:,} 行' if more > 0 else ''}。更正前：统筹基金 {zh.yuan(rows.pool)}，"
            f"个人账户 {zh.yuan(rows.account)}。",
        ),
    )
