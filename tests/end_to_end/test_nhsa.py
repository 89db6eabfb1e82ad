"""An extract of the national platform and the data set it was made of: the same alerts, with the same amounts."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl
import pytest
from polars.testing import assert_frame_equal
from support.cities import Frames, frames, write
from support.commands import fundwatch
from support.nhsa.extract import write_extract
from support.workspaces import current_run, manifests, store, unbalanced

from detection.detectors.catalogue import catalogue
from detection.store.schema import Assessability

AREA = "320600"
AS = ("--area", AREA, "--profile", "illustrative")
PERSONS, MONTHS, SEED = 4_000, 9, 111
MOST = 0.85
"""Share of all detectors that must be assessable: the simulated city has what most of them need."""


@dataclass(frozen=True)
class Twice:
    """One city run twice.

    Attributes:
        canonical, extract: workspaces of the data set of the contract and of the extract.
        codes: the providers' codes in the extract, by their ids in the data set.
        said: what the run of the extract said.
    """

    canonical: Path
    extract: Path
    codes: Mapping[str, str]
    printed: str


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Frames:
    from data_samples.city import simulate

    folder = tmp_path_factory.mktemp("nhsa") / "city"
    simulate(folder, persons=PERSONS, months=MONTHS, seed=SEED, area=AREA)
    return frames(folder)


@pytest.fixture(scope="module")
def canonical(city: Frames, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("canonical")
    result = fundwatch("run", "--data", write(city, folder / "data"), "--workspace", folder / "ws", *AS)
    assert result.code == 0, result.err
    return folder / "ws"


@pytest.fixture(scope="module", params=["aid outside, whole times", "aid inside, times of day"])
def twice(
    request: pytest.FixtureRequest, city: Frames, canonical: Path, tmp_path_factory: pytest.TempPathFactory
) -> Twice:
    folder = tmp_path_factory.mktemp("extract")
    second = request.param == "aid inside, times of day"
    codes = write_extract(city, folder / "data", aid_inside=second, time_only=second)
    words = ("--data", folder / "data", "--workspace", folder / "ws", *AS, "--preset", "nhsa")
    (folder / "ws").mkdir()
    shutil.copy(canonical / "pseudonym.key", folder / "ws")
    result = fundwatch("run", *words)
    assert result.code == 0, result.err
    return Twice(canonical, folder / "ws", codes, result.out)


def assessable(root: Path) -> dict[str, Assessability]:
    """Each detector's status in the run that readers see."""
    with store(root) as session:
        rows = session.query(Assessability).filter_by(run_id=current_run(root).name)
        return {row.detector: row for row in rows}


def alerts(root: Path, folder: Path, codes: Mapping[str, str]) -> pl.DataFrame:
    """Exported alerts: detector, subject, evidence and amount, with providers by their codes."""
    out = folder / f"{root.parent.name}.parquet"
    words = ("--format", "parquet", "--out", out, "--reveal-ids", "--reason", "comparison of two runs")
    result = fundwatch("export", "alerts", "--workspace", root, *words)
    assert result.code == 0, result.err
    exported = pl.read_parquet(out)
    lists = [name for name in ("settlement_ids", "record_ids") if name in exported.columns]
    subject = pl.col("subject_id").replace(dict(codes))
    rows = exported.with_columns(
        subject=pl.when(pl.col("subject_kind") == "provider").then(subject).otherwise("subject_id"),
        **{name: pl.col(name).list.eval(pl.element().replace(dict(codes))).list.sort() for name in lists},
    )
    amounts = ["pool_at_issue", "account_at_issue", "amount_at_issue"]
    # A group is named by its run's own number; who is in it are its members.
    named = rows.with_columns(subject=pl.when(pl.col("subject_kind") != "group").then("subject"))
    return named.select("detector", "subject", *lists, *amounts).sort(pl.all())


def test_every_detector_that_can_judge_both_says_the_same_of_both(twice: Twice, tmp_path: Path) -> None:
    ours, theirs = assessable(twice.canonical), assessable(twice.extract)
    assert set(ours) == set(theirs) == set(catalogue())
    both = [name for name in ours if {ours[name].status, theirs[name].status} <= {"available", "partial"}]
    left_out = {name: theirs[name].reason_en or ours[name].reason_en for name in ours if name not in both}
    # Whatever the data set does not hold, the extract does not hold either, and nothing more is lost on the way.
    assert {name: (item.status, item.rows_judged) for name, item in ours.items()} == {
        name: (item.status, item.rows_judged) for name, item in theirs.items()
    }, left_out
    assert len(both) >= MOST * len(ours), left_out
    assert all(left_out.values()), "what is not assessable says why"
    expected, actual = (alerts(root, tmp_path, twice.codes) for root in (twice.canonical, twice.extract))
    assert expected.height > 100 and expected["detector"].n_unique() > 15
    for name in both:
        left, right = (frame.filter(pl.col("detector") == name).to_dicts() for frame in (expected, actual))
        assert left == right, name


def risks(root: Path, kind: str, codes: Mapping[str, str]) -> pl.DataFrame:
    """All evidence on the subjects of a kind together, with providers by their codes."""
    ranked = pl.read_parquet(current_run(root) / "risk" / f"{kind}.parquet").filter(pl.col("risk") > 0)
    entity = pl.col("entity_id").replace(dict(codes)) if kind == "provider" else pl.col("entity_id")
    return ranked.select(entity, "risk", "kinds", "evidence").sort("entity_id")


@pytest.mark.parametrize("kind", ["person", "payer_account", "provider"])
def test_the_evidence_on_everybody_is_the_same(kind: str, twice: Twice) -> None:
    expected, actual = risks(twice.canonical, kind, twice.codes), risks(twice.extract, kind, {})
    assert expected.height > 30
    assert_frame_equal(expected, actual)


def test_nothing_is_lost_and_settled_options_are_reported(twice: Twice) -> None:
    (manifest,) = manifests(twice.extract)
    assert unbalanced(manifest) == []
    assert {file["encoding"] for file in manifest["files"]} >= {"gb18030"}
    assert manifest["tables"]["settlements"]["rows"]["excluded"] > 50
    assert {
        name: item["quarantined_by_reason"]
        for name, item in manifest["tables"].items()
        if item["quarantined_by_reason"]
    } == {}
    refunds = manifest["reversals"]
    assert refunds["named"] > 100 and refunds["found"] > 100
    assert refunds["none"] == refunds["several"] == 0
    options = {decision["option"]: decision["value"] for decision in manifest["preset"]["decisions"]}
    inside = "acct_pay: 0 of" in twice.printed.partition("inside")[2][:40]
    assert options == {
        "mutual_aid_included_in_account": "yes" if inside else "no",
        "hosp_lv": "grade",
        "paused_rows": "during",
    }
    assert "hosp_lv=grade" in twice.printed and "stay unlinked" in twice.printed
