"""Legal citations with their parts; they were English sentences before."""

import datetime as dt
import json
import re

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_SENTENCE = re.compile(
    r"(?P<instrument>.+?)(?:, (?P<article>[Aa]rts?\. .+?))??"
    r"(?: \(events(?: from (?P<from>[\d-]+))?(?: (?:to|until) (?P<to>[\d-]+))?\))?"
)
"""How the previous version wrote a citation: ``Order No. 735, art. 38 (events from 2021-05-01 to 2022-12-31)``."""


def upgrade() -> None:
    """Take the stored sentences apart; one that was written in another way becomes the name of an instrument."""
    connection = op.get_bind()
    stored = connection.execute(sa.text("SELECT alert_id, legal_basis FROM alert")).all()
    changed = [
        {"alert_id": alert_id, "legal_basis": json.dumps([_citation(text) for text in json.loads(basis)])}
        for alert_id, basis in stored
    ]
    if changed:
        connection.execute(
            sa.text("UPDATE alert SET legal_basis = :legal_basis WHERE alert_id = :alert_id"), changed
        )


def _citation(sentence: str) -> dict[str, str | None]:
    parts = _SENTENCE.fullmatch(sentence)
    if parts is None or not all(_is_day(parts[name]) for name in ("from", "to")):
        return {"instrument": sentence, "article": None, "from": None, "to": None}
    return parts.groupdict()


def _is_day(text: str | None) -> bool:
    try:
        return text is None or bool(dt.date.fromisoformat(text))
    except ValueError:
        return False
