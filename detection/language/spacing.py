"""Spaces in Chinese sentences: around Latin letters and digits there are some, between Chinese characters none.

A template cannot know what is put into it: ``在 {provider} 购药`` is right for ``I-ABC`` and wrong for ``和平医院``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar, cast

S = TypeVar("S", bound=str)
_CHINESE = r"[\u3400-\u9fff\uf900-\ufaff]"
_BETWEEN_CHINESE = re.compile(f"{_CHINESE} {_CHINESE}")
_TAG = re.compile(r"<[^>]*>")
_PLACEHOLDER = re.compile(r"\{\w[^{}]*\}")


def fill(template: S, values: Mapping[str, object]) -> S:
    """A message with its placeholders filled, as `str.format` does, without spaces between Chinese characters.

    Args:
        template: text, or HTML that escapes what is put into it.
        values: by placeholder.
    """
    if (" {" not in template and "} " not in template) or "{{" in template:
        return cast("S", template.format(**values))
    return put_into(
        template, _PLACEHOLDER, lambda match: template[match.start() : match.end()].format(**values)
    )


def put_into(sentence: S, place: re.Pattern[str], piece: Callable[[re.Match[str]], str]) -> S:
    """A sentence with a piece in each place; a space between a Chinese character of each is dropped.

    Args:
        sentence: with places; text or HTML.
        place: what stands for a piece.
        piece: the text or HTML that a place stands for.
    """
    parts, end = [], 0
    for match in place.finditer(sentence):
        text, before = piece(match), sentence[end : match.start()]
        seen, after = _TAG.sub("", text), sentence[match.end() : match.end() + 2]
        parts += [before[:-1] if _gap(before[-2:] + seen[:1]) else before, text]
        end = match.end() + _gap(seen[-1:] + after)
    return cast("S", sentence[:0].join([*parts, sentence[end:]]))


def _gap(text: str) -> bool:
    """Whether a text is a space between Chinese characters."""
    return _BETWEEN_CHINESE.fullmatch(text) is not None
