"""The picture of each alert as a Vega-Lite specification with its data: settlements or records over time.

A specification is JSON that any Vega viewer draws, and needs no library here: the same rows give the same bytes. It is
not the picture of the screen, which `dashboard` draws with more values of each detector; a pack is built at a terminal
too, where there are no screens. The card's own picture is named in ``usermeta``.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from detection.pack.layout import ALERTS, CHARTS, ROWS, Members, json_bytes
from detection.pack.tables import csv_rows

_SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
_SETTLEMENTS = "settlements"
_AXES = {
    "at": {"en": "time", "zh": "时间"},
    "month": {"en": "month", "zh": "月份"},
    "yuan": {"en": "yuan", "zh": "元"},
    "cause": {"en": "cause", "zh": "原因"},
}


def charts(members: Members) -> dict[str, bytes]:
    """A specification for each alert with rows, in each language.

    Raises:
        ValueError: a file is not as this version writes it.
        KeyError: a column is not there.
    """
    by_alert: dict[str, list[Mapping[str, str]]] = {}
    for row in csv_rows(members[ROWS]):
        by_alert.setdefault(row["alert"], []).append(row)
    return {
        f"{CHARTS}{alert['alert']}.{language}.json": json_bytes(
            _chart(alert, by_alert[alert["alert"]], language)
        )
        for alert in json.loads(members[ALERTS])
        if alert["alert"] in by_alert
        for language in ("zh", "en")
    }


def _chart(
    alert: Mapping[str, Mapping[str, Mapping[str, str]]], rows: Sequence[Mapping[str, str]], language: str
) -> dict[str, object]:
    settled = all(row["table"] == _SETTLEMENTS for row in rows)
    causes = alert["causes"]
    values = [
        {
            "row": int(row["row"]),
            "at": row["at"].replace(" ", "T"),
            "fen": int(row["pool_fen"]) + int(row["account_fen"]),
            "cause": causes[row["cause"]][language] if row["cause"] in causes else row["cause"],
            "person": row["person"],
            "place": row["institution_name"],
        }
        for row in rows
    ]
    return {
        "$schema": _SCHEMA,
        "title": alert["title"][language],
        "width": 640,
        "height": 240,
        "data": {"values": values},
        "transform": [{"calculate": "datum.fen / 100", "as": "yuan"}],
        **(_timeline(language) if settled else _months(language)),
        "usermeta": {"alert": alert["alert"], "card": alert["card"], "picture": alert["picture"]},
    }


def _timeline(language: str) -> dict[str, object]:
    """Settlements as dots: when, and how much."""
    return {
        "mark": {"type": "circle", "size": 70, "opacity": 0.75},
        "encoding": {
            "x": {"field": "at", "type": "temporal", "title": _AXES["at"][language]},
            "y": {"field": "yuan", "type": "quantitative", "title": _AXES["yuan"][language]},
            "color": {"field": "cause", "type": "nominal", "title": _AXES["cause"][language]},
            "tooltip": [{"field": name} for name in ("row", "at", "yuan", "person", "place", "cause")],
        },
    }


def _months(language: str) -> dict[str, object]:
    """Records by month; what is owed to the insured is below zero."""
    return {
        "mark": "bar",
        "encoding": {
            "x": {
                "timeUnit": "yearmonth",
                "field": "at",
                "type": "temporal",
                "title": _AXES["month"][language],
            },
            "y": {
                "aggregate": "sum",
                "field": "yuan",
                "type": "quantitative",
                "title": _AXES["yuan"][language],
            },
            "color": {"field": "cause", "type": "nominal", "title": _AXES["cause"][language]},
        },
    }
