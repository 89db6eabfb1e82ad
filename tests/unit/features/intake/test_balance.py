"""Accepted, quarantined and excluded add up to read, in rows and in fen, or intake fails."""

from __future__ import annotations

import subprocess
import sys

import polars as pl
import pytest

from features.errors import FundwatchError, IntegrityError
from features.intake.tally import Tally


def tally(**shares: list[int]) -> Tally:
    """Counts of a table with one money column, from the amounts of the rows of each share."""
    counted = Tally(("pool_paid",))
    for share, amounts in shares.items():
        counted.add(share, pl.DataFrame({"pool_paid": amounts}, schema={"pool_paid": pl.Int64}))
    return counted


def test_shares_that_add_up_are_proven() -> None:
    tally(read=[100, 250, -50], accepted=[100], quarantined=[250], excluded=[-50]).prove("settlements")


@pytest.mark.parametrize(
    ("accepted", "problems"),
    [
        ([100], ("rows: read 2, accounted for 1", "pool_paid: read 350, accounted for 100")),
        ([100, 249], ("pool_paid: read 350, accounted for 349",)),
        ([350], ("rows: read 2, accounted for 1",)),
    ],
    ids=["a row is missing", "a fen is missing", "two rows became one"],
)
def test_shares_that_do_not_add_up_end_the_intake(accepted: list[int], problems: tuple[str, ...]) -> None:
    with pytest.raises(IntegrityError) as refused:
        tally(read=[100, 250], accepted=accepted).prove("settlements")
    assert refused.value.problems == problems
    assert refused.value.where == "settlements"
    assert refused.value.next_step
    assert isinstance(refused.value, FundwatchError)


def test_the_proof_holds_where_assertions_are_switched_off() -> None:
    code = (
        "from features.intake.tally import Tally\n"
        "tally = Tally(())\n"
        "tally.rows['read'] = 1\n"
        "try:\n    tally.prove('settlements')\n"
        "except Exception as error:\n    print(error.exit_code)\n"
    )
    ended = subprocess.run([sys.executable, "-O", "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout == "9\n"
