"""The other row that an alert compares with: a payment, a visit, a sale, or the reversal."""

from __future__ import annotations

import polars as pl

from detection.circumstances.bills.paid_again import OTHER_SCHEME, SAME_PLACE
from detection.proof.evidence import EvidenceRows, moment_text
from features.visits.settlements import is_reversal

_BILL = [
    "settlement_id", "person_id", "provider_id", "service_day", "scheme", "total_amount",
    "pool_paid", "settled_at", "settled_minute", "settled_day", "reverses_settlement_id",
]  # fmt: skip
_RADIUS = 6371.0088  # mean radius of the earth, km (IUGG)


def payment(evidence: EvidenceRows) -> pl.DataFrame:
    """The other payment for the same cost: of the other scheme where that is the cause, else of the place and day.

    Of several that stand, one of the same amount comes first, then the nearest in time.
    """
    own = evidence.settled.select("row", "cause", *_BILL[:-1])
    bills = evidence.of_people(_BILL).filter(
        pl.col("reverses_settlement_id").is_null(), pl.col("total_amount") > 0
    )
    others = evidence.standing(bills)
    pairs = own.join(others, on="person_id", suffix="_other").filter(
        pl.col("settlement_id") != pl.col("settlement_id_other")
    )
    same_place = pl.all_horizontal(pl.col(name) == pl.col(f"{name}_other") for name in SAME_PLACE)
    other_scheme = (pl.col("scheme") != pl.col("scheme_other")) & (pl.col("pool_paid_other") > 0)
    unlike = (pl.col("total_amount") != pl.col("total_amount_other")).fill_null(value=True)
    apart = (pl.col("settled_at") - pl.col("settled_at_other")).abs()
    wanted = pl.when(pl.col("cause").is_in(OTHER_SCHEME)).then(other_scheme).otherwise(same_place)
    nearest = (
        pairs.filter(wanted)
        .with_columns(unlike=unlike, apart=apart)
        .sort("row", "unlike", "apart", "settlement_id_other")
        .unique("row", keep="first", maintain_order=True)
    )
    return nearest.drop("settled_at", "settled_minute").select(
        "row",
        other_settlement="settlement_id_other",
        other_provider="provider_id_other",
        other_at=_time("settled_at_other", "settled_minute_other"),
        other_amount="total_amount_other",
    )


def visit(evidence: EvidenceRows) -> pl.DataFrame:
    """The person's visit in the same alert, before or after, that leaves least time for the way between the places."""
    points = evidence.matching(
        evidence.table("providers").select("provider_id", "latitude", "longitude"),
        evidence.rows,
        "provider_id",
    )
    rows = evidence.settled.select(
        "row", "alert_id", "settlement_id", "person_id", "provider_id", "settled_at", "settled_minute"
    ).join(points, on="provider_id", how="left")
    pairs = rows.join(rows, on=["alert_id", "person_id"], suffix="_other").filter(
        pl.col("provider_id") != pl.col("provider_id_other")
    )
    minutes = (pl.col("settled_minute") - pl.col("settled_minute_other")).abs()
    km = _km()
    hasty = (
        pairs.with_columns(minutes_between=minutes, km=km)
        .filter(pl.col("minutes_between").is_not_null())
        .with_columns(speed=pl.col("km").fill_null(0.0) / pl.max_horizontal("minutes_between", pl.lit(1)))
        .sort(
            "row", "speed", "minutes_between", "settlement_id_other", descending=[False, True, False, False]
        )
        .unique("row", keep="first", maintain_order=True)
    )
    return hasty.select(
        "row",
        "minutes_between",
        visit_settlement="settlement_id_other",
        visit_provider="provider_id_other",
        visit_at=_time("settled_at_other", "settled_minute_other"),
        km=pl.col("km").round(1),
        here=_point(""),
        there=_point("_other"),
    )


def sale(evidence: EvidenceRows) -> pl.DataFrame:
    """Another sale of a pack of the bill: the last before it, else the first after it."""
    scans = evidence.table("drug_trace_scans").select("trace_code", "settlement_id").unique()
    own = evidence.settled.select("row", "settlement_id", "settled_at").join(
        evidence.matching(scans, evidence.rows, "settlement_id"), on="settlement_id"
    )
    same = evidence.matching(scans, own, "trace_code")
    bills = evidence.matching(
        evidence.table("settlements").select(
            "settlement_id", "person_id", "provider_id", "settled_at", "settled_minute"
        ),
        same,
        "settlement_id",
    )
    pairs = own.join(same.join(bills, on="settlement_id"), on="trace_code", suffix="_other").filter(
        pl.col("settlement_id") != pl.col("settlement_id_other")
    )
    apart = pl.col("settled_at_other") - pl.col("settled_at")
    nearest = pairs.with_columns(later=apart > pl.duration(), apart=apart.abs()).sort(
        "row", "later", "apart", "trace_code", "settlement_id_other"
    )
    return nearest.unique("row", keep="first", maintain_order=True).select(
        "row",
        pack="trace_code",
        sale_settlement="settlement_id_other",
        sale_provider="provider_id",
        sale_person="person_id",
        sale_at=_time("settled_at_other", "settled_minute"),
    )


def reversal(evidence: EvidenceRows) -> pl.DataFrame:
    """The first row that takes the settlement back."""
    reversals: pl.LazyFrame = evidence.context.whole.settlements.filter(is_reversal()).to_native()
    of_rows = evidence.matching(
        reversals.select(
            "settled_at",
            "settled_minute",
            reversed_by="settlement_id",
            settlement_id="reverses_settlement_id",
        ),
        evidence.rows,
        "settlement_id",
    )
    own = evidence.settled.select("row", "settlement_id", first_minute="settled_minute")
    first = own.join(of_rows, on="settlement_id").sort("row", "settled_at", "reversed_by")
    return first.unique("row", keep="first", maintain_order=True).select(
        "row",
        reversal="reversed_by",
        reversed_at=moment_text("settled"),
        reversal_minutes=pl.col("settled_minute") - pl.col("first_minute"),
    )


def _time(at: str, minute: str) -> pl.Expr:
    exact, day = (pl.col(at).dt.strftime(form) for form in ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d"))
    return pl.when(pl.col(minute).is_not_null()).then(exact).otherwise(day)


def _km() -> pl.Expr:
    """Kilometers along a great circle; null where a place has no coordinates."""
    lat, lon = pl.col("latitude").radians(), pl.col("longitude").radians()
    lat_other, lon_other = pl.col("latitude_other").radians(), pl.col("longitude_other").radians()
    half = ((lat - lat_other) / 2).sin() ** 2
    across = lat.cos() * lat_other.cos() * ((lon - lon_other) / 2).sin() ** 2
    return 2 * _RADIUS * pl.min_horizontal((half + across).sqrt(), pl.lit(1.0)).arcsin()


def _point(suffix: str) -> pl.Expr:
    latitude, longitude = pl.col(f"latitude{suffix}"), pl.col(f"longitude{suffix}")
    known = latitude.is_not_null() & longitude.is_not_null()
    return pl.when(known).then(pl.concat_list(latitude, longitude))
