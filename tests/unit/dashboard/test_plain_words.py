"""Screens, reports and papers say what they mean in the words of an office, not in those of a program."""

from __future__ import annotations

from pathlib import Path

import pytest

import dashboard
from detection.language.messages import messages

SCREENS = Path(dashboard.__file__).parent / "locale"
CATALOGUES = [(name, SCREENS) for name in ("dashboard", "subjects", "glossary")]
PROGRAMS_WORDS = {
    "zh": (
        *("首次出现于运行", "隔离行", "数据快照", "会提示", "不提示", "检测器", "剔除", "特征值"),
        *("核查包", "不可评估", "部分评估", "同时天数"),
    ),
    "en": ("this thing", "its way over time", "Yuan for relatives", "than is due ("),
}


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_word_of_a_program_is_left(language: str) -> None:
    texts = {
        f"{name}: {key}": text
        for name, folder in CATALOGUES
        for key, text in messages(language, name, folder).items()
    }
    texts |= {
        f"{name}: {key}": text
        for name in ("codes", "report", "papers", "export")
        for key, text in messages(language, name).items()
    }
    assert len(texts) > 1_000
    assert [
        key for key, text in texts.items() if any(word in text for word in PROGRAMS_WORDS[language])
    ] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_status_has_the_word_of_a_change(language: str) -> None:
    words = messages(language, "codes")
    status, change = (
        {text for key, text in words.items() if key.startswith(f"{name}.")} for name in ("status", "change")
    )
    assert "change.new" in words and len(status) > 5
    assert status & change == set()
