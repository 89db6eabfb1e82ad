"""Policy files to fill in: accepted as they are, harmless where a value is known, and usable once filled in."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.commands import fundwatch

from features.errors import PolicyError
from features.policy import check_folder, load_policy, template
from features.policy.parameters import PARAMETERS


def written(folder: Path, area: str) -> Path:
    ended = fundwatch("policy", "new", "--area", area, "--out", folder)
    assert ended.code == 0, ended.err
    return folder / f"{area}_fund.toml"


def test_another_fund_gets_every_parameter_and_the_file_is_accepted(tmp_path: Path) -> None:
    text = written(tmp_path, "330100").read_text(encoding="utf-8")
    assert all(f"[[{name}.values]]" in text for name in PARAMETERS)
    assert check_folder(tmp_path) == ([], [])
    policy = load_policy("330100", overlay=tmp_path)
    assert not any(value.known for dated in policy.parameters.values() for value in dated)


def test_it_names_the_detectors_that_wait(tmp_path: Path) -> None:
    text = written(tmp_path, "330100").read_text(encoding="utf-8")
    before, _, _ = text.partition("[family_mutual_aid.requires_authorization]")
    assert "family_authorization" in before.splitlines()[-1]


def test_a_known_area_gets_only_what_is_unknown(tmp_path: Path) -> None:
    before = load_policy("320600")
    written(tmp_path, "320600")
    after = load_policy("320600", overlay=tmp_path)
    assert after.digest != before.digest, "the sources differ"
    known = {name for name, dated in before.parameters.items() if any(value.known for value in dated)}
    assert known and all(after.parameters[name] == before.parameters[name] for name in known)


@pytest.mark.parametrize("name", sorted(PARAMETERS))
def test_each_example_can_be_filled_in(name: str, tmp_path: Path) -> None:
    text = template("330100", {})
    head, rest = text.split(f"[[{name}.values]]")
    entry, _, tail = rest.partition('status = "unknown"')
    example = next(line for line in entry.splitlines() if line.startswith("# value"))
    value = example.removeprefix("# ").split(" | ")[0]
    filled = f'{head}[[{name}.values]]{entry}{value}\nstatus = "illustrative"{tail}'
    (tmp_path / "330100_fund.toml").write_text(filled, encoding="utf-8")
    assert check_folder(tmp_path)[0] == []
    assert load_policy("330100", overlay=tmp_path).parameters[name][0].known


def test_an_existing_file_stays(tmp_path: Path) -> None:
    path = written(tmp_path, "330100")
    path.write_text("own", encoding="utf-8")
    assert fundwatch("policy", "new", "--area", "330100", "--out", tmp_path).code == 2
    assert path.read_text(encoding="utf-8") == "own"


def test_an_area_is_six_digits() -> None:
    with pytest.raises(PolicyError, match="six digits"):
        template("../x", {})
