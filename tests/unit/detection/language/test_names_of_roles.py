"""A role has one Chinese name, wherever it is written."""

from __future__ import annotations

from collections import defaultdict

from support.paths import ROOT

from detection.language.messages import messages

CATALOGUES = sorted(
    path for package in ("detection", "dashboard") for path in (ROOT / package).rglob("zh/LC_MESSAGES/*.po")
)
MANUAL = sorted((ROOT / "dashboard" / "manual" / "zh").glob("*.md"))
OTHER_NAMES = ("业务主管", "稽核人员", "审计人员")
"""Names that some pages had for a supervisor, an inspector and an auditor."""


def test_every_catalogue_gives_a_role_the_same_name() -> None:
    names = defaultdict[str, set[str]](set)
    for path in CATALOGUES:
        for message, text in messages("zh", path.stem, path.parents[2]).items():
            if message.startswith("role."):
                names[message].add(text)
    assert len(names) > 6
    assert {message: texts for message, texts in names.items() if len(texts) > 1} == {}


def test_no_text_has_another_name_for_a_role() -> None:
    assert CATALOGUES and MANUAL
    texts = {path.name: path.read_text(encoding="utf-8") for path in (*CATALOGUES, *MANUAL)}
    assert [(file, name) for file, text in texts.items() for name in OTHER_NAMES if name in text] == []
