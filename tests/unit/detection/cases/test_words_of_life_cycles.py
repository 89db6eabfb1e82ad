"""Every state, move and refusal of the declared life cycles has its words in both languages."""

from __future__ import annotations

import datetime as dt
import re

from detection.cases.codes import codes
from detection.cases.life_cycle import KINDS, ROLES, life_cycle
from detection.cases.moves import Act, Actor, Done, Standing, refusals
from detection.language.messages import case_label
from detection.language.sentences import in_language

TODAY = dt.date(2026, 11, 30)
PAIR = frozenset({"wang", "li"})


def test_every_name_has_a_word_in_both_languages() -> None:
    named: list[tuple[str, str]] = [("role", role) for role in ROLES]
    for kind in KINDS:
        cycle = life_cycle(kind)
        named += [(f"{kind}_state", state) for state in cycle.state]
        named += [("move", move) for move in cycle.move] + [("clock", clock) for clock in cycle.clock]
        named += [
            (codes().group(move.codes), code)
            for move in cycle.move.values()
            for code in codes().of(move.codes)
        ]
    assert len(named) > 100
    assert [name for name in named if not re.search(r"[一-鿿]", case_label(*name, "zh"))] == []
    assert [name for name in named if "_" in case_label(*name, "en")] == []


def test_refusals_are_written_in_chinese_with_their_names() -> None:
    standing = Standing("disposition_approved", (Done("draft_findings", "wang"),), inspectors=PAIR)
    problems = refusals(life_cycle("case"), standing, Actor("wang", "reviewer"), Act("close", TODAY))
    assert [in_language(problem, "zh") for problem in problems] == [
        "当前状态为“处理意见待终审”，不能办理；须在 已作出处理、追回中 时办理。",
        "复核人员不能办理，须由 科室负责人、分管领导 办理。",
        "须填写理由，至少 5 个字符。",
    ]
