"""The JSON schema of indicators' cards is up to date, and accepts the cards of this package.

Write it again with ``python tests/unit/detection/indicators/test_schema.py``.
"""

from __future__ import annotations

import json

from support.paths import ROOT

from detection.indicators.card_model import CardFile
from features.dated import json_schema

FILE = ROOT / "docs" / "schemas" / "indicator.schema.json"


def schema() -> str:
    return json.dumps(json_schema(CardFile, "Indicator card"), ensure_ascii=False, indent=1) + "\n"


def test_the_schema_is_up_to_date() -> None:
    assert FILE.read_text(encoding="utf-8") == schema(), __doc__


if __name__ == "__main__":
    FILE.write_text(schema(), encoding="utf-8")
