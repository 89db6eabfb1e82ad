"""The city of the acceptance hour: the small simulated one, with a few rows written anew.

It has what the acceptance needs and the small city lacks: an institution with three patterns, two of which cite the
same settlements; a nursing home that nobody registered; an account with payments of three causes, one to be verified.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import polars as pl
from support.cities import AREA, Frames, frames, write

from detection.accounts.demo import record_current_data
from detection.run.pipeline import RunRequest, run
from features.workspace import open_workspace
from features.workspace.key import KEY_FILE

PHARMACY = "H1966253"
"""The institution with three patterns: the small city plants two there."""
HOME = "H9887510"
"""The pharmacy that a nursing home fetches its medicine from."""
OWNER, RELATIVE, STRANGER, ELSEWHERE = "P679775020", "P611797518", "P049997678", "P090717253"
"""An account, and who it paid for: authorized later, never authorized, and insured in another area."""
BEFORE, NEVER, VERIFY = 6, 2, 3
"""Payments of the account by cause, in their order of time."""
RUN_AT = "2024-07-01T08:00:00"
_KEY = "5e" * 32
"""Pseudonyms, and with them the numbers of alerts, are the same in every run of the tests."""
_BORN = dt.date(1938, 5, 4)

col = pl.col


def acceptance_city(small_city: Path) -> Frames:
    """The tables of the city."""
    tables = frames(small_city)
    truth = pl.read_parquet(small_city / "truth" / "entities.parquet")
    tables["settlements"] = _with_relatives(_with_third_pattern(tables["settlements"], truth), truth)
    tables["family_authorizations"] = _authorized(tables["family_authorizations"])
    residents = planted(truth, "card_concentration-0003", "person")
    tables["persons"] = tables["persons"].with_columns(
        birth_date=pl.when(col("person_id").is_in(residents)).then(pl.lit(_BORN)).otherwise(col("birth_date"))
    )
    return tables


def planted(truth: pl.DataFrame, instance: str, kind: str) -> list[str]:
    """Ids of a kind that an instance of the truth names."""
    named = truth.filter(col("instance_id") == instance, col("entity_kind") == kind)
    return named["entity_id"].to_list()


def _with_third_pattern(settlements: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The meetings of another pharmacy's group, moved to the one with two patterns."""
    moved = col("settlement_id").is_in(planted(truth, "card_concentration-0002", "settlement"))
    return settlements.with_columns(
        provider_id=pl.when(moved).then(pl.lit(PHARMACY)).otherwise(col("provider_id"))
    )


def _with_relatives(settlements: pl.DataFrame, truth: pl.DataFrame) -> pl.DataFrame:
    """The unauthorized payments of the account for one relative, shared out among three."""
    named = planted(truth, "family_authorization_violation-0002", "settlement")
    ids = settlements.filter(col("settlement_id").is_in(named)).sort("settled_at")["settlement_id"].to_list()
    assert len(ids) == BEFORE + NEVER + VERIFY
    never, elsewhere = ids[BEFORE : BEFORE + NEVER], ids[BEFORE + NEVER :]
    return settlements.with_columns(
        person_id=pl.when(col("settlement_id").is_in(never))
        .then(pl.lit(STRANGER))
        .when(col("settlement_id").is_in(elsewhere))
        .then(pl.lit(ELSEWHERE))
        .otherwise(col("person_id"))
    )


def _authorized(authorizations: pl.DataFrame) -> pl.DataFrame:
    """The relative who is insured elsewhere has an authorization since the year before."""
    row = authorizations.head(1).with_columns(
        authorization_id=pl.lit("A999000000001"),
        payer_id=pl.lit(OWNER),
        beneficiary_id=pl.lit(ELSEWHERE),
        relation=pl.lit("parent"),
        valid_from=pl.lit(dt.datetime(2023, 6, 1, 9)).cast(authorizations.schema["valid_from"]),
        valid_to=pl.lit(None, authorizations.schema["valid_to"]),
    )
    return pl.concat([authorizations, row])


def make_workspace(small_city: Path, folder: Path) -> None:
    """A folder with the city (``city``) and the workspace in which it was run once (``ws``)."""
    data = write(acceptance_city(small_city), folder / "city")
    root = folder / "ws"
    root.mkdir()
    key = root / KEY_FILE
    key.write_text(_KEY)
    key.chmod(0o600)
    rerun(data, root, RUN_AT)
    record_current_data(open_workspace(root))


def rerun(city: Path, root: Path, now: str) -> None:
    """Run the city in a workspace, again if it was run there before."""
    run(RunRequest(data=city, workspace=root, area=AREA, now=now))
