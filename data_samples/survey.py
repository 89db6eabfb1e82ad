"""A survey of how well the policy is known: plausible answers, by district and group of respondents."""

from __future__ import annotations

import numpy as np
import polars as pl

from data_samples.city_rows import region_codes
from data_samples.magnitudes import CATEGORIES, Magnitudes
from data_samples.people import RESIDENT, People
from data_samples.period import Period
from data_samples.writing import days, names

_QUESTIONS = (
    ("职工的普通门诊费用，统筹基金是否支付？", "yes", 0.62),
    ("经授权后，父母、配偶、子女能否使用您的个人账户？", "yes", 0.55),
    ("个人账户能否购买健身或保健用品？", "no", 0.71),
)
"""Question, as the people of a Chinese city are asked it, right answer, and the share that knows it."""

_ANSWERS = ("yes", "no", "do not know")
_KNOWS_MORE = {"active": 0.05, "flexible": -0.08, "retired": -0.04}
_DAYS = 40


def survey_frame(
    rng: np.random.Generator, people: People, period: Period, area: str, sizes: Magnitudes
) -> pl.DataFrame:
    """survey_answers: every respondent answers all questions; nobody can be told from the answers."""
    questions = len(_QUESTIONS)
    count = sizes["survey"]["answers"] // questions
    insured = np.flatnonzero(people.category[: people.insured] != RESIDENT)
    who = rng.choice(insured, count, replace=False)
    far = people.district[who] / max(1, int(people.district.max()))
    group = people.category[who]
    more = np.array([_KNOWS_MORE.get(name, 0.0) for name in CATEGORIES])[group]
    chance = np.array([share for _, _, share in _QUESTIONS])[None, :] + (more - 0.12 * far)[:, None]
    knows = rng.random((count, questions)) < chance
    right = np.array([_ANSWERS.index(answer) for _, answer, _ in _QUESTIONS])[None, :]
    wrong = np.where(rng.random((count, questions)) < 0.6, _ANSWERS.index("do not know"), 1 - right)
    day = period.last_day - 60 + rng.integers(0, _DAYS, count)
    question = np.tile(np.arange(questions), count)
    frame = pl.DataFrame(
        {
            "respondent_group": names(CATEGORIES, np.repeat(group, questions)),
            "district_code": region_codes(area, np.repeat(people.district[who], questions)),
            "asked_on": days(np.repeat(day, questions)),
            "question": names(tuple(text for text, _, _ in _QUESTIONS), question),
            "answer": names(_ANSWERS, np.where(knows, right, wrong).ravel()),
            "correct": knows.ravel(),
        }
    )
    return frame.sort("asked_on", "district_code", "respondent_group", "question", maintain_order=True)
