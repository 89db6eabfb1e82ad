"""Providers of one owner: what points to one counts a little for the others."""

from __future__ import annotations

import polars as pl

from detection.evidence.items import ITEMS
from detection.evidence.of_alerts import TOUCHED
from detection.evidence.owners import pieces_of_owners
from detection.evidence.pieces import returned_pieces


def returned(value: float) -> pl.DataFrame:
    rows = [("provider", "shop1", "late", value, None, None)]
    return returned_pieces(pl.DataFrame(rows, schema=ITEMS, orient="row"))


def owned(**owners: str | None) -> pl.DataFrame:
    return pl.DataFrame({"provider_id": list(owners), "owner_id": list(owners.values())})


def test_another_provider_of_the_owner_has_a_small_share() -> None:
    providers = owned(shop1="li", shop2="li", shop3="wang", shop4=None)
    [piece] = pieces_of_owners(returned(4.0), providers).iter_rows(named=True)
    assert (piece["subject_id"], piece["value"], piece["share"]) == ("shop2", 4.0, TOUCHED)
    assert piece["role"] == "owner"


def test_little_evidence_and_large_chains_say_nothing_about_others() -> None:
    assert pieces_of_owners(returned(1.9), owned(shop1="li", shop2="li")).is_empty()
    chain = {f"shop{number}": "li" for number in range(1, 12)}
    assert pieces_of_owners(returned(6.0), owned(**chain)).is_empty()


def test_unknown_owners_are_not_one_owner() -> None:
    assert pieces_of_owners(returned(6.0), owned(shop1=None, shop2=None)).is_empty()
