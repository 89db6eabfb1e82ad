"""Chinese sentences have a space around Latin letters and digits, and none between Chinese characters."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from detection.language.spacing import fill
from detection.masking import mark, render

_NAMES = {"p1": "模拟药店1", "p2": "和平医院", "p3": "Lilac Pharmacy"}


@pytest.mark.parametrize(
    ("provider", "shown"),
    [
        ("p1", "在模拟药店1 购药 3 笔"),
        ("p2", "在和平医院购药 3 笔"),
        ("p3", "在 Lilac Pharmacy 购药 3 笔"),
    ],
)
def test_a_name_is_put_into_a_sentence_as_people_write_it(provider: str, shown: str) -> None:
    stored = f"在 {mark('provider', provider)} 购药 3 笔"
    assert render(stored, b"key", names=_NAMES) == shown
    assert fill("在 {place} 购药 {n:,} 笔", {"place": _NAMES[provider], "n": 3}) == shown
    assert fill("在 {place} 购药", {"place": f"<b>{_NAMES['p2']}</b>"}) == "在<b>和平医院</b>购药"


def test_pieces_side_by_side_and_other_languages_keep_their_spaces() -> None:
    assert fill("{kind} {name}", {"kind": "线索", "name": "和平医院"}) == "线索 和平医院"
    assert fill("at {place} between", {"place": "和平医院"}) == "at 和平医院 between"
    assert fill("为 {n:,} 人，{{}}", {"n": 1234}) == "为 1,234 人，{}"


def test_html_is_filled_as_html() -> None:
    filled = fill(Markup("在 {place} 购药"), {"place": Markup("<b>和平医院</b>")})
    assert filled == Markup("在<b>和平医院</b>购药")
    assert fill(Markup("在 {place} 购药"), {"place": "<b>"}) == "在 &lt;b&gt; 购药"
