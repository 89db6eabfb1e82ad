"""Each verb says what it does, and what each of its options is for."""

from __future__ import annotations

import re

import pytest
from support.commands import fundwatch

from features.errors import FundwatchError

VERBS = {
    "simulate": (
        "simulated city",
        "--persons",
        "--months",
        "--seed",
        "--area",
        "--clean",
        "--out",
        "--author",
        "--columns",
        "--clock",
    ),
    "intake": ("without assessing", "--data", "--workspace", "--mapping", "--preset", "--preset-option"),
    "run": (
        "ranked, explained alerts",
        "--data",
        "--workspace",
        "--area",
        "--mapping",
        "--preset",
        "--as-of",
        "--profile",
        "--policy-dir",
    ),
    "alerts": ("look at first", "--workspace", "--limit", "--detector", "--status"),
    "explain": ("what could explain it", "ALERT_ID", "--workspace", "--language"),
    "export": ("data contract", "--format", "--out", "--kind", "--reveal-ids", "--reason"),
    "letter": ("asks an institution to explain", "--workspace", "--templates", "--reveal-ids", "--days"),
    "reveal": ("real id", "PSEUDONYM", "--workspace", "--reason"),
    "plan": ("institutions to inspect", "--workspace", "--days", "--language"),
    "indicators": ("indicators of supervision", "--workspace", "--screen", "--language"),
    "dashboard": ("those who sign in", "--workspace", "--port", "--tls-cert", "--behind-proxy", "--oidc"),
    "demo": ("simulated city", "--out", "--port"),
    "policy": ("dated values", "show", "check"),
    "purge": ("old runs", "--workspace", "--keep", "--yes"),
    "audit": ("log of everything", "verify", "show", "ship", "anchor"),
}


def plain(text: str) -> str:
    """Help without its frames and line breaks."""
    return re.sub(r"[\s│╭╮╰╯─]+", " ", re.sub(r"\x1b\[[0-9;]*m", "", text))


@pytest.mark.parametrize("verb", VERBS)
def test_a_verb_says_what_it_does(verb: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    ended = fundwatch(verb, "--help")
    assert ended.code == 0
    printed = plain(ended.out).lower()
    assert [words for words in VERBS[verb] if words.lower() not in printed] == []


def test_the_command_lists_all_verbs_and_what_each_exit_code_means(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    printed = plain(fundwatch("--help").out)
    listed = re.findall(r" (\w+) [A-Z][^.]+\.", printed.partition("Commands")[2])
    assert [verb for verb in VERBS if verb not in listed] == []
    kinds = {
        kind.exit_code: kind.__name__.removesuffix("Error").lower()
        for kind in FundwatchError.__subclasses__()
    }
    assert sorted(kinds) == list(range(2, 2 + len(kinds)))
    assert [
        code
        for code, name in (kinds | {0: "done", 1: "unexpected"}).items()
        if f"{code} {name}" not in printed
    ] == []
    assert "not a verdict" in printed


def test_the_version() -> None:
    assert re.fullmatch(r"fundwatch \d+\.\d+\.\d+\n", fundwatch("--version").out)
