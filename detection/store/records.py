"""What the pipeline passes to the writer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from features.engine import Views
from features.tables import Tables


@dataclass(frozen=True)
class ModelRecord:
    """The model of one kind of entity.

    Attributes:
        version: name and version in the registry; "" where nothing was scored.
        metrics: what the run measured.
        not_assessable: why nothing was scored; None when it was.
        left_out: features left out, with the reason.
        content: hash of what the model learnt.
    """

    version: str
    metrics: Mapping[str, float]
    not_assessable: str | None
    left_out: Mapping[str, str]
    content: str = ""


@dataclass(frozen=True)
class RunRecord:
    """One finished run; see `detection.store.schema.Run`. Days and times are ISO text, passed in.

    ``manifest`` is JSON: the snapshot's manifest, with what `detection.store.run_manifest` reads besides.
    """

    run_id: str
    finished_at: str
    as_of: str
    area: str
    snapshot_id: str
    code_version: str
    config_digest: str
    simulated: bool
    first_day: str | None
    last_day: str | None
    manifest: Mapping[str, object] = field(default_factory=dict)
    models: Mapping[str, ModelRecord] = field(default_factory=dict)

    def to_row(self) -> dict[str, Any]:
        """Columns of `detection.store.schema.Run`, without its number."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        models = {entity: asdict(model) for entity, model in self.models.items()}
        return plain | {"manifest": dict(self.manifest), "models": models}


def institutions_of(tables: Tables) -> pl.DataFrame:
    """Providers as screens show them: provider_id, name, kind, level, district; sorted by id."""
    native: pl.LazyFrame = tables.providers.to_native()
    return (
        native.select(
            "provider_id",
            name=pl.col("provider_name").fill_null(""),
            kind=pl.col("provider_kind").fill_null("unknown"),
            level=pl.col("level").fill_null("unknown"),
            district=pl.coalesce("district_code", "pooling_area").fill_null(""),
        )
        .sort("provider_id")
        .collect()
    )


def people_of(views: Views) -> list[str]:
    """Ids of the people with a settlement, reversals aside, sorted."""
    net: pl.LazyFrame = views["net_settlements"].to_native()
    people = net.select(pl.col("person_id").drop_nulls().unique().sort()).collect()
    return views.tables.in_text(people, "person_id")["person_id"].to_list()


def monthly_spend_of(net: nw.LazyFrame[pl.LazyFrame]) -> pl.DataFrame:
    """Money by calendar month (``2024-03``), in fen, from settlements net of reversals; sorted by month."""
    native: pl.LazyFrame = net.to_native()
    index = pl.col("settled_month")
    return (
        native.group_by("settled_month")
        .agg(
            settlements=pl.len().cast(pl.Int64),
            pool=pl.col("pool_paid").fill_null(0).sum(),
            account=pl.col("account_paid").fill_null(0).sum(),
            mutual_aid=pl.col("mutual_aid_paid").fill_null(0).sum(),
        )
        .drop_nulls("settled_month")
        .sort("settled_month")
        .select(
            pl.format("{}-{}", index // 12, (index % 12 + 1).cast(pl.String).str.zfill(2)).alias("month"),
            "settlements",
            "pool",
            "account",
            "mutual_aid",
        )
        .collect()
    )
