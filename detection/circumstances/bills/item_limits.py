"""Items that the reference keeps to a sex or to ages, billed to somebody else.

What the innocent explain is left out: an item that many users of other providers have in spite of the reference, a
person all of whose limited items contradict the register, and what a pharmacy sold without money of the pooled fund,
which may be for a relative.

The register is believed against all of a person's limited items where something else says so: several people, none of
whom shows the electronic credential, contradict it at one place; an item for children is billed for somebody who is
insured as a worker or pensioner; or the bills that contradict it do not show the electronic credential, which opens
with the holder's own face or phone, although the person's other bills do (hypergeometric).
"""

from __future__ import annotations

import narwhals.stable.v2 as nw
import polars as pl
from scipy.stats import hypergeom

from detection.detectors.cards import Thresholds
from detection.detectors.context import DetectorContext
from detection.evidence.by_kind import standing_lines
from features.contract.vocabulary import EMPLOYEE_CATEGORIES
from features.visits.settlements import is_reversal

_DAYS_PER_YEAR = 365.2425
_USERS = 20
"""Users at other providers of whom a share says something about the reference."""
_SEVERAL = 2
_PEOPLE = 3
"""People of one place about whom the register is not wrong by chance."""
_OWN = "e_credential"
_BY_CHANCE = 0.05


def limited_lines(context: DetectorContext, thresholds: Thresholds) -> pl.LazyFrame:
    """Lines of items with a limit, of people whose sex or age is known.

    Columns: those of `detection.evidence.by_kind.standing_lines`; wrong_sex, wrong_age (null where it is not known or
    not limited), too_old (of those), no_child (whether a child's item was billed for somebody insured as a worker or
    pensioner), for_a_relative (whether it may be), doubt_percent.

    Args:
        context: the data.
        thresholds: of the card; where it has ages, ``slack_years``, by which an age may miss a limit, and
            ``working_age``, below which nobody is insured as a worker.
    """
    day = nw.col("service_day")
    dated = thresholds.values.keys() & {"slack_years", "doubt_percent", "working_age"}
    items: pl.LazyFrame = context.whole.item_reference.select(
        "item_code", "sex_only", "age_min", "age_max"
    ).to_native()
    people: pl.LazyFrame = context.whole.persons.select("person_id", "sex", "birth_day").to_native()
    limited = items.filter(pl.any_horizontal(pl.exclude("item_code").is_not_null()))
    age = (pl.col("service_day") - pl.col("birth_day")) / _DAYS_PER_YEAR
    slack = pl.col("slack_years") if "slack_years" in dated else pl.lit(0.0)
    working_age = pl.col("working_age") if "working_age" in dated else pl.lit(0.0)
    insured: pl.LazyFrame = context.assessable.settlements.select(
        "settlement_id", "person_category"
    ).to_native()
    too_young, too_old = age < pl.col("age_min") - slack, age >= pl.col("age_max") + 1 + slack
    lines = nw.from_native(standing_lines(context)).with_columns(
        thresholds.expression(name, day).alias(name) for name in sorted(dated)
    )
    return (
        lines.to_native()
        .join(limited, on="item_code", how="inner")
        .join(people, on="person_id", how="inner")
        .join(insured, on="settlement_id", how="left")
        .with_columns(
            wrong_sex=pl.col("sex_only") != pl.col("sex"),
            wrong_age=pl.when(
                age.is_not_null() & pl.any_horizontal(pl.col("age_min", "age_max").is_not_null())
            ).then(too_young.fill_null(value=False) | too_old.fill_null(value=False)),
            too_old=too_old.fill_null(value=False),
            no_child=(
                too_old
                & (pl.col("age_max") < working_age)
                & pl.col("person_category").is_in(EMPLOYEE_CATEGORIES)
            ).fill_null(value=False),
            for_a_relative=(pl.col("care_type") == "pharmacy") & (pl.col("pool") == 0),
        )
        .drop("sex_only", "sex", "age_min", "age_max", "birth_day", "person_category")
    )


def against_the_limit(lines: pl.LazyFrame, wrong: str, context: DetectorContext) -> pl.DataFrame:
    """Lines against a limit that no innocent reason explains.

    Args:
        lines: of `limited_lines`.
        wrong: ``wrong_sex`` or ``wrong_age``.
        context: the data.
    """
    known = lines.filter(pl.col(wrong).is_not_null()).collect()
    users = known.group_by("item_code", "provider_id", "person_id").agg(pl.col(wrong).any())
    of_item = users.group_by("item_code").agg(all=pl.len(), all_wrong=pl.col(wrong).sum())
    here = users.group_by("item_code", "provider_id").agg(own=pl.len(), own_wrong=pl.col(wrong).sum())
    others, others_wrong = pl.col("all") - pl.col("own"), pl.col("all_wrong") - pl.col("own_wrong")
    share = (
        here.join(of_item, on="item_code")
        .filter(others >= _USERS)
        .select("item_code", "provider_id", share=100 * others_wrong / others)
    )
    return (
        known.filter(pl.col(wrong), ~pl.col("for_a_relative"))
        .join(share, on=["item_code", "provider_id"], how="left")
        .filter(pl.col("share").is_null() | (pl.col("share") <= pl.col("doubt_percent")))
        .join(_registered_wrongly(known, wrong, context), on="person_id", how="anti")
    )


def _registered_wrongly(known: pl.DataFrame, wrong: str, context: DetectorContext) -> pl.DataFrame:
    """People about whom the register is doubted: person_id.

    All of their limited items contradict it, at several places, and nothing else bears it out. Several days suffice
    where it is the sex: that is one letter of the register, while a wrong age would show in much of what a person does.
    """
    several = ["places", "days"] if wrong == "wrong_sex" else ["places"]
    doubted = (
        known.group_by("person_id")
        .agg(
            pl.col(wrong).all().alias("always"),
            places=pl.col("provider_id").n_unique(),
            days=pl.col("service_day").n_unique(),
        )
        .filter("always", pl.max_horizontal(several) >= _SEVERAL)
    )
    contradicted = known.filter(pl.col(wrong))
    shown = _credentials(contradicted, context)
    own = shown.filter(pl.col("both") > 0)
    crowded = contradicted.join(own, on="person_id", how="anti").filter(
        pl.col("person_id").n_unique().over("provider_id") >= _PEOPLE
    )
    workers = contradicted.filter("no_child") if wrong == "wrong_age" else contradicted.clear()
    without = shown.filter(pl.col("chance") <= _BY_CHANCE)
    borne_out = pl.concat(each.select("person_id") for each in (crowded, workers, without))
    return doubted.select("person_id").join(borne_out, on="person_id", how="anti")


def _credentials(contradicted: pl.DataFrame, context: DetectorContext) -> pl.DataFrame:
    """Whether people show the electronic credential with bills that contradict the register as with their others.

    Returns:
        person_id, both (such bills with the electronic credential), chance (of so few of them, if it came with any
        bill); without credentials in the data no row.
    """
    if not context.whole.has("settlements", "credential_type"):
        return pl.DataFrame(
            schema={"person_id": contradicted.schema["person_id"], "both": pl.Int64, "chance": pl.Float64}
        )
    against = contradicted.select("settlement_id", against=pl.lit(value=True)).unique()
    rows: pl.LazyFrame = (
        context.whole.settlements.filter(~is_reversal())
        .select("settlement_id", "person_id", "credential_type")
        .to_native()
    )
    shown = (
        rows.filter(pl.col("credential_type").is_not_null())
        .join(contradicted.lazy(), on="person_id", how="semi")
        .join(against.lazy(), on="settlement_id", how="left")
        .with_columns(pl.col("against").fill_null(value=False), own=pl.col("credential_type") == _OWN)
        .group_by("person_id")
        .agg(
            bills=pl.len(),
            owned=pl.col("own").sum(),
            wrong=pl.col("against").sum(),
            both=(pl.col("own") & pl.col("against")).sum().cast(pl.Int64),
        )
        .sort("person_id")
        .collect()
    )
    counts = (shown[name].cast(pl.Int64).to_numpy() for name in ("both", "bills", "owned", "wrong"))
    return shown.select("person_id", "both", chance=pl.Series(hypergeom.cdf(*counts), dtype=pl.Float64))


def as_hits(lines: pl.DataFrame, cause: str) -> nw.LazyFrame[pl.LazyFrame]:
    """Hits of a rule about providers: one for each settlement, with the part of its money that is at issue."""
    return nw.from_native(
        lines.lazy()
        .group_by("settlement_id", "provider_id")
        .agg(pl.col("pool", "account").sum())
        .with_columns(subject_id="provider_id", cause=pl.lit(cause))
    )
