"""A policy value in words: yes or no, a number, a list of codes, or its rows."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from detection.language.formats import formats
from detection.language.messages import messages
from detection.language.text import Text
from features.policy import Policy, known_areas, load_policy
from features.policy.categories import keys_of

_UNKNOWN = "–"


def value_lines(value: object, language: str) -> list[str]:
    """A value as it is in force, a line for each of its rows; a dash where it is not known.

    Args:
        value: a `PolicyValue`'s ``value``, or its rows.
        language: ``en`` or ``zh``.
    """
    if value is None:
        return [_UNKNOWN]
    if isinstance(value, bool):
        return [_word("flag", str(value).lower(), language)]
    if isinstance(value, list | tuple) and any(isinstance(item, Mapping) for item in value):
        return [_row(row, language) for row in value]
    if isinstance(value, list | tuple):
        return [_comma(language).join(_word("word", str(item), language) for item in value)]
    return [_word("word", str(value), language)]


def policy_title(name: str, language: str) -> str:
    """What a parameter says, without its choices; its key where no policy of this package has it."""
    return _titles(language).get(name, name)


@cache
def _titles(language: str) -> dict[str, str]:
    return {
        name: re.split(r"[:：]", words[language])[0]
        for area in known_areas()
        for name, words in load_policy(area).words.items()
        if words.get(language)
    }


def named_zh(policy: Policy, name: str) -> str:
    """What a parameter says, in Chinese and without its choices: ``“普通门诊起付标准”``; its key if it has none."""
    words = policy.words.get(name, {}).get("zh")
    return f"“{words.partition('：')[0]}”" if words else name


def _row(row: Mapping[str, Any], language: str) -> str:
    """``active, primary: 0.75``."""
    comma, named = _comma(language), keys_of(row)
    keys = comma.join(_key(key, value, language) for key, value in named.items())
    numbers = {key: value for key, value in row.items() if key not in named}
    if set(numbers) == {"value"}:
        numbers_text = str(numbers["value"])
    else:
        numbers_text = comma.join(
            f"{_word('part', key, language)} {_part(value, language)}" for key, value in numbers.items()
        )
    return f"{keys or _word('part', 'all', language)}: {numbers_text}"


def _part(value: object, language: str) -> str:
    if isinstance(value, list):
        return "/".join(str(item) for item in value)
    return _word("word", str(value), language)


def _key(key: str, value: object, language: str) -> str:
    if key == "segment_from":
        return _word("part", "segment_from", language).format(
            start=formats(language).number(float(str(value)))
        )
    return _word(key, str(value), language)


def _comma(language: str) -> str:
    return Text(", ", "、")[language]


def _word(group: str, code: str, language: str) -> str:
    """The name of a code; the code itself, for instance a number, where it has none."""
    return messages(language, "policy").get(f"{group}.{code}", code)
