"""What detectors might have reported of a random world."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import narwhals.stable.v2 as nw
import polars as pl
from support.random_worlds.draw import Draw

from detection.indicators.findings import Findings
from features.registry import Frame
from features.tables import Tables

CAUSES = ("never", "before", "after")


@dataclass(frozen=True)
class RandomFindings:
    """By detector: the cause and fen of an id, and the ids that it could assess."""

    causes: Mapping[str, Mapping[str, str]]
    at_issue: Mapping[str, Mapping[str, int]]
    assessed: Mapping[str, set[str]]

    def findings(self) -> Findings:
        """The same as the input of views."""
        reported: dict[str, Frame] = {}
        for name, causes in self.causes.items():
            account = [self.at_issue[name][record] for record in causes]
            rows = {"id": list(causes), "cause": list(causes.values()), "account": account}
            kinds = {"id": pl.String, "cause": pl.String, "account": pl.Int64}
            reported[name] = nw.from_native(pl.LazyFrame(rows, schema=kinds))
        assessed: dict[str, Frame] = {
            name: nw.from_native(pl.LazyFrame({"id": sorted(ids)}, schema={"id": pl.String}))
            for name, ids in self.assessed.items()
        }
        return Findings(reported, assessed)


def random_findings(tables: Tables, seed: int) -> RandomFindings:
    """A random part of everything that detectors could report."""
    draw = Draw(f"findings {seed}")
    settlements, entries = (
        tables.frame(name).to_native().collect().to_dicts() for name in ("settlements", "account_entries")
    )
    spent = {
        row["settlement_id"]: fen
        for row in settlements
        if (fen := (row["account_paid"] or 0) + (row["mutual_aid_paid"] or 0)) > 0
    }
    aid = [row["settlement_id"] for row in settlements if (row["mutual_aid_paid"] or 0) > 0]
    chronic = [row["settlement_id"] for row in settlements if row["care_type"] == "chronic_outpatient"]
    premiums = [row["entry_id"] for row in entries if row["entry_kind"] == "premium"]
    assessed = {item for item in aid if draw.chance(0.9)}
    causes = {
        "family_authorization": _some(draw, (item for item in aid if item in assessed), CAUSES),
        "closed_policy_use": _some(draw, chronic, ("programme_stopped", "residents_benefit")),
        "prohibited_purchase": _some(draw, spent, ("prohibited_item",)),
        "unlisted_premium": _some(draw, premiums, ("not_listed", "not_related")),
    }
    fen = {
        name: {item: draw.randrange(1, spent.get(item, 1) + 1) for item in of} for name, of in causes.items()
    }
    return RandomFindings(causes, fen, {"family_authorization": assessed})


def _some(draw: Draw, ids: Iterable[str], causes: tuple[str, ...]) -> dict[str, str]:
    return {item: draw.choice(causes) for item in ids if draw.chance(0.2)}
