"""Terms have a name and a meaning in both languages, and every hint on a screen is one of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import get_args

import pytest
from streamlit.testing.v1 import AppTest

import dashboard
from dashboard.alert_views.alert_table import _TERMS
from detection.detectors.cards import MoneyKind
from detection.language.messages import messages

OpenPage = Callable[..., AppTest]
ROOT = Path(dashboard.__file__).parent
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(ROOT.rglob("*.py")))
NAMED = set(re.findall(r"""\bexplained\(.+?, "(\w+)"\)""", CODE)) | set(_TERMS.values())


def catalogue(language: str) -> dict[str, str]:
    return messages(language, "glossary", ROOT / "locale")


def test_every_term_has_a_name_and_a_meaning_in_both_languages() -> None:
    chinese, english = catalogue("zh"), catalogue("en")
    names = {name.removesuffix(".text") for name in english}
    assert len(names) > 25
    assert chinese.keys() == english.keys() == names | {f"{name}.text" for name in names}
    assert all(
        text.endswith(("。", "."))
        for each in (chinese, english)
        for key, text in each.items()
        if ".text" in key
    )


def test_every_hint_is_a_term() -> None:
    assert len(NAMED) > 10
    known = catalogue("zh")
    assert sorted(NAMED - known.keys()) == []
    assert sorted(kind for kind in get_args(MoneyKind) if f"money_{kind}" not in known) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_glossary_is_a_part_of_methods_and_its_sentences_are_hints(
    open_page: OpenPage, sample: Path, language: str
) -> None:
    meaning = catalogue(language)["assessability.text"]
    page = open_page(sample, "methods", part="glossary", lang=language)
    assert any(meaning in piece.value for piece in page.html)
    page = open_page(sample, "data", part="matrix", lang=language)
    assert any('class="fw-help"' in piece.value and meaning[:20] in piece.value for piece in page.html)
