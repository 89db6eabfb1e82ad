"""The words of Streamlit's own controls in the reader's language, and the language that the page declares."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path

from detection.language.messages import messages

CATALOGUE = "streamlit"
_TAGS = {"en": "en", "zh": "zh-CN"}
_LOCALE = Path(__file__).parent / "locale"
_SCRIPT = Path(__file__).with_name("builtin_words.js").read_text(encoding="utf-8")


@cache
def builtin_words(language: str) -> str:
    """The script that translates them, also back into English after a change of language."""
    chinese = messages("zh", CATALOGUE, _LOCALE)
    pairs = list(chinese.items())
    if language == "en":
        pairs = [(text, english) for english, text in pairs]
    given = json.dumps([_TAGS[language], pairs], ensure_ascii=False).replace("<", "\\u003c")
    return f"<script>{{ const fundwatchWords = {given};\n{_SCRIPT} }}</script>"
