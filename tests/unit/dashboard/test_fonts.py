"""Chinese fonts are named wherever a font is: else the browser may take the shapes of another language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import dashboard
from dashboard.fonts import MONOSPACED, SANS

CHINESE = ("Microsoft YaHei", "PingFang SC", "Noto Sans CJK SC")
STYLES = re.findall(
    r"font-family: ([^;]+);", (Path(dashboard.__file__).parent / "theme.css").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("stack", [*STYLES, SANS, MONOSPACED])
def test_every_stack_of_fonts_names_chinese_ones(stack: str) -> None:
    assert len(STYLES) >= 3
    assert all(name in stack for name in CHINESE)
