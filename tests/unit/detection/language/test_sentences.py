"""Sentences of the terminal: each has a template, and each template a translation with the same places."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from string import Formatter

import pytest
from support.commands import fundwatch
from support.message_templates import constants, places_stated, product_sources, sentences, templates
from support.paths import ROOT

from detection.language.messages import messages
from detection.language.sentences import CATALOGUES, error_text, in_both, in_language
from features.errors import PolicyError, UsageError
from features.intake.checks.duplicates import CONFLICT, SAME
from features.intake.sinks import MISSING, UNREADABLE, WRONG_FIELDS
from features.message import Message, stored, verbatim

_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"[a-z]{2}")
REASONS = {MISSING, UNREADABLE, WRONG_FIELDS, CONFLICT, SAME}
LINES = {"  where: {where}", "  - {problem}", "  next:  {step}", "{first}; {rest}"}
"""Sentences whose templates are no constants where they are made."""


def places(template: str) -> list[tuple[str, str | None, str | None]]:
    return sorted(
        (name, conversion, spec)
        for _, name, spec, conversion in Formatter().parse(template)
        if name is not None
    )


def fixed(template: str) -> str:
    return "".join(text for text, *_ in Formatter().parse(template))


def translations() -> dict[str, str]:
    return {english: text for name in CATALOGUES for english, text in messages("zh", name).items()}


def test_no_sentence_is_formatted_before_it_is_raised() -> None:
    formatted, count = [], 0
    for path in product_sources():
        for line, text, _ in sentences(path):
            count += 1
            if constants(text) is None:
                formatted.append(f"{path.relative_to(ROOT)}:{line} {ast.unparse(text)}")
    assert count > 350
    assert formatted == []


def test_a_place_of_an_error_has_no_words_outside_a_message() -> None:
    stated = [(path, line, where) for path in product_sources() for line, where in places_stated(path)]
    worded = [
        f"{path.relative_to(ROOT)}:{line}"
        for path, line, where in stated
        for part in ast.walk(where)
        if isinstance(where, ast.JoinedStr | ast.BinOp | ast.Constant)
        and isinstance(part, ast.Constant)
        and re.search(r"(^|[ ,])[a-z]{2,} ", str(part.value))
    ]
    assert len(stated) > 60
    assert worded == []


def test_every_place_of_a_template_is_given_a_value() -> None:
    stated = templates()
    assert len(stated) > 300
    assert {
        template: given
        for template, given in stated.items()
        if "**" not in given and given and not {name for name, *_ in places(template)} <= given
    } == {}


def test_every_template_is_translated_and_no_other() -> None:
    worded = {template for template in templates() if _WORD.search(fixed(template))} | REASONS | LINES
    translated = translations()
    assert sorted(worded - translated.keys()) == []
    assert sorted(translated.keys() - templates().keys() - REASONS - LINES) == []


def test_translations_have_the_same_places() -> None:
    translated = translations()
    assert len(translated) > 300
    assert {
        english: text for english, text in translated.items() if set(places(english)) != set(places(text))
    } == {}
    worded = {english: text for english, text in translated.items() if _WORD.search(fixed(english))}
    assert [text for text in worded.values() if not _HAN.search(text)] == []


def test_no_template_is_in_two_catalogues() -> None:
    assert len(translations()) == sum(len(messages("zh", name)) for name in CATALOGUES)


def test_an_error_is_written_in_either_language() -> None:
    error = PolicyError(
        "There is no policy for area {area!r}.",
        where=Message("areas known: {areas}", areas=["150200", "320600"]),
        next_step="use one of these areas, add a policy file, or run without policy: --area none",
        problems=[
            Message("{file}: {problem}", file="a.toml", problem=Message("lacks 'value'")),
            verbatim("{x}"),
        ],
        area="1",
    )
    assert str(error).splitlines() == [
        "There is no policy for area '1'.",
        "  where: areas known: 150200, 320600",
        "  - a.toml: lacks 'value'",
        "  - {x}",
        "  next:  use one of these areas, add a policy file, or run without policy: --area none",
    ]
    assert error_text(error, "en") == str(error)
    assert error_text(error, "zh").splitlines() == [
        "没有统筹地区 '1' 的政策。",
        "  位置：已知地区：150200、320600",
        "  - a.toml：缺少 'value'",
        "  - {x}",
        "  下一步：请使用其中的地区、补充政策文件，或不用政策运行：--area none",
    ]


@pytest.mark.parametrize("braces", ["{", "}", "{0}", "{name}", "{{", "%s"])
def test_values_with_braces_are_shown_as_they_are(braces: str) -> None:
    error = UsageError("There is no alert {alert_id}.", where=braces, alert_id=braces)
    for language in ("en", "zh"):
        first, second = error_text(error, language).splitlines()
        assert braces in first
        assert second.endswith(braces)


def test_a_copy_of_a_message_is_the_message() -> None:
    message = Message("{file}: {problem}", file="{a}", problem=stored("missing value"))
    for other in (copy.deepcopy(message), pickle.loads(pickle.dumps(message))):  # noqa: S301 - what this test itself wrote
        assert other == message
        assert in_language(other, "zh") == "{a}：缺值"


def test_text_without_a_template_stays() -> None:
    assert in_both("missing value").zh == "missing value"
    assert in_both(Message("an unknown sentence")).zh == "an unknown sentence"


def test_errors_are_printed_in_the_language_of_the_terminal() -> None:
    ended = fundwatch("alerts", "--workspace", "nowhere", "--severity", "q", locale="zh_CN.UTF-8")
    assert ended.code == 2
    assert ended.err.startswith("没有名为 'q' 的等级。\n  下一步：可选：")
    assert fundwatch("alerts", "--workspace", "nowhere", "--severity", "q").err.startswith(
        "There is no severity 'q'."
    )


def test_lists_have_the_commas_of_the_language() -> None:
    message = Message("use one of: {names}", names={"b": 1, "a": 2}.keys())
    assert str(message) == "use one of: b, a"
    assert in_language(message, "zh") == "可选：b、a"
    assert str(Message("{given!r} is wrong", given=["a", 1])) == "['a', 1] is wrong"
