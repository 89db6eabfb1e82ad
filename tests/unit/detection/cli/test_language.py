"""The language of the terminal: how it is chosen, and help and errors of usage in Chinese."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from support.commands import fundwatch
from typer.main import get_command

from detection.cli import app
from detection.cli.language.choice import Language, of_locale, option_first, requested
from detection.cli.language.help_texts import CATALOGUE, paragraphs
from detection.cli.language.usage_errors import CATALOGUE as USAGE
from detection.cli.language.wrapping import wrap
from detection.language.messages import messages

CHINESE = "zh_CN.UTF-8"
_HAN = re.compile(r"[\u4e00-\u9fff]")


def commands() -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that lead to it."""

    def inside(words: tuple[str, ...], command: Any) -> Iterator[tuple[tuple[str, ...], Any]]:
        yield words, command
        for name, inner in getattr(command, "commands", {}).items():
            yield from inside((*words, name), inner)

    yield from inside((), get_command(app))


COMMANDS = dict(commands())


@pytest.mark.parametrize(
    ("environment", "encoding", "language"),
    [
        ({}, "utf-8", "en"),
        ({"LANG": "zh_CN.UTF-8"}, "utf-8", "zh"),
        ({"LANG": "zh_CN.UTF-8"}, None, "zh"),
        ({"LANG": "zh_CN.GBK"}, "gbk", "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_US.UTF-8"}, "utf-8", "en"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "utf-8", "zh"),
        ({"LC_MESSAGES": "zh_CN.UTF-8", "LC_ALL": "C"}, "utf-8", "en"),
        ({"LC_ALL": "", "LANG": "zh_TW.UTF-8"}, "utf-8", "zh"),
        ({"LANG": "zh_CN.UTF-8"}, "ascii", "en"),
        ({"LANG": "zh_CN.UTF-8"}, "no such encoding", "en"),
        ({"LANG": "de_DE.UTF-8"}, "utf-8", "en"),
    ],
)
def test_the_locale_chooses_the_language(
    environment: dict[str, str], encoding: str | None, language: str
) -> None:
    assert of_locale(environment, encoding) == language


@pytest.mark.parametrize(
    ("words", "ordered", "language"),
    [
        ("run --lang zh --data d", "--lang zh run --data d", Language.zh),
        ("--lang=en run", "--lang=en run", Language.en),
        ("run --data d", "run --data d", None),
        ("run --lang", "--lang run", None),
        ("--lang de run", "--lang de run", None),
        ("explain -- --lang zh", "explain -- --lang zh", None),
    ],
)
def test_the_option_may_stand_anywhere_before_two_hyphens(
    words: str, ordered: str, language: Language | None
) -> None:
    assert " ".join(option_first(words.split())) == ordered
    assert requested(option_first(words.split())) == language


def test_the_option_is_stronger_than_the_locale() -> None:
    english = fundwatch("run", "--help", "--lang", "en", locale=CHINESE).out
    assert "Usage:" in english
    assert not _HAN.search(english)
    assert "用法：" in fundwatch("--lang", "zh", "run", "--help").out


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_has_no_line_in_another_language(words: tuple[str, ...]) -> None:
    with mock.patch.dict("os.environ", {"COLUMNS": "400"}):
        ended = fundwatch(*words, "--help", locale=CHINESE)
    lines = [line.strip("│ ") for line in ended.out.splitlines()]
    texts = [line for line in lines if line and not line.startswith(("╭", "╰"))]
    assert ended.code == 0
    assert len(texts) > 3
    assert [line for line in texts if not _HAN.search(line)] == []


@pytest.mark.parametrize("locale", ["C.UTF-8", CHINESE])
@pytest.mark.parametrize("words", [("export",), ("run",), ("demo",)], ids=" ".join)
def test_help_leaves_room_for_its_texts_on_a_narrow_terminal(words: tuple[str, ...], locale: str) -> None:
    with mock.patch.dict("os.environ", {"COLUMNS": "80"}):
        lines = fundwatch(*words, "--help", locale=locale).out.splitlines()
    options = COMMANDS[words].get_params(typer.Context(COMMANDS[words]))
    assert len(options) > 4
    assert max(cell_len(line) for line in lines) <= 80
    assert len([line for line in lines if line.strip(" │")]) < 6 * len(options)


def test_the_catalogue_of_help_has_every_text_and_no_other() -> None:
    texts = {"Usage:", "Arguments", "Options", "Commands", "Error", "Aborted."}
    texts |= {"Stopped. What readers see is as it was before."}
    texts |= {"[default: {default}]", "[required]", "Try '{command} --help' for help."}
    for command in COMMANDS.values():
        context = typer.Context(command)
        texts |= {*paragraphs(command.help), command.options_metavar, "COMMAND [ARGS]..."}
        for option in command.get_params(context):
            texts |= set(paragraphs(option.help))
            kind = option.display_type_rich(context).replace(" range", "").strip("<>")
            texts |= set() if "|" in kind or kind == "illustrative" else {kind}
    chinese = messages("zh", CATALOGUE)
    assert len(texts) > 100
    assert set(chinese) == texts
    assert {text for text, translated in chinese.items() if not _HAN.search(translated)} == set()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("alerts", "缺少选项 '--workspace'。"),
        ("explain", "缺少参数 'alert_id'。"),
        ("explain --workspace x", "缺少参数 'alert_id'。"),
        ("export", "缺少参数 'what'。可选： alerts, evidence, scores"),
        ("blah", "没有命令 'blah'。"),
        ("ru", "没有命令 'ru'。是否为 'run'？"),
        ("alerts --worksp x", "没有选项 --worksp（是否为：--workspace）"),
        ("alerts --nothing x", "没有选项 --nothing"),
        ("alerts --limit 0", "'--limit' 的取值无效：应不小于 1"),
        ("simulate --months 121", "'--months' 的取值无效：应不大于 120"),
        ("alerts --limit many", "'--limit' 的取值无效：应为整数"),
        ("export nothing", "'what' 的取值无效：'nothing' 不在可选范围内：'alerts', 'evidence', 'scores'。"),
        ("policy show --date x", "'--date' 的取值无效：'x' 不符合格式 '%Y-%m-%d'。"),
        ("evaluate --truth nowhere", "'--truth' 的取值无效：路径 'nowhere' 不存在。"),
        ("alerts --workspace", "选项 '--workspace' 需要取值。"),
        ("purge --yes=x", "选项 '--yes' 不接受取值。"),
        ("plan --days 1 --workspace x more", "多余的参数（more）"),
        ("--lang q", "'--lang' 的取值无效：'q' 不在可选范围内：'en', 'zh'。"),
        ("--lang", "选项 '--lang' 需要取值。"),
        ("--version=x", "选项 '--version' 不接受取值。"),
    ],
)
def test_errors_of_usage_are_in_the_language_of_the_terminal(words: str, sentence: str) -> None:
    ended = fundwatch(*words.split(), locale=CHINESE)
    shown = " ".join(re.sub(r"[│╭╮╰╯─]", " ", ended.err).split())
    assert ended.code == 2
    assert sentence.replace(" ", "") in shown.replace(" ", "")
    assert not re.search(r"[Uu]sage|Error|Try|[Ii]nvalid|[Mm]issing", shown)


def test_usage_sentences_have_the_same_places_in_both_languages() -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{\w*\}", text))

    sentences = messages("zh", USAGE)
    assert len(sentences) > 15
    assert {english for english, chinese in sentences.items() if places(english) != places(chinese)} == set()


def test_a_question_that_is_not_answered_ends_the_command_in_words() -> None:
    with (
        mock.patch("detection.cli.screens.dashboard", side_effect=typer.Abort),
        mock.patch("features.workspace.open_workspace", side_effect=typer.Abort),
    ):
        ended = fundwatch("alerts", "--workspace", "x", locale=CHINESE)
    assert (ended.code, ended.err) == (1, "已中止。\n")


@given(st.text(st.sampled_from("a bc字，。（）–1"), max_size=60), st.integers(8, 40))
def test_wrapping_keeps_the_text_and_the_width(text: str, width: int) -> None:
    lines = wrap(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:
        assert cell_len(line) <= width or len(wrap(line, 1)) == 1
