"""Categories of people where the data state those of today: what any earlier category would give as well.

Who is retired today may have been at work, and who is at work may have been so in the other way. Nobody goes back to
work from retirement.
"""

from __future__ import annotations

from collections.abc import Iterator

import narwhals.stable.v2 as nw

from detection.detectors.context import DetectorContext
from features.contract.vocabulary import EMPLOYEE_CATEGORIES, WORKING_CATEGORIES
from features.registry import Frame

_CATEGORY = nw.col("person_category")


def is_of_today(context: DetectorContext, table: str) -> bool:
    """Whether the category in a table is that of today, and nothing shows earlier ones."""
    return f"{table}.person_category" in context.whole.of_today


def with_other_categories(rows: Frame) -> Iterator[Frame]:
    """The rows once more for each category that employees may have had before."""
    employee = _CATEGORY.is_in(EMPLOYEE_CATEGORIES)
    for other in WORKING_CATEGORIES:
        yield rows.with_columns(person_category=nw.when(employee).then(nw.lit(other)).otherwise(_CATEGORY))


def possible_enrolments(context: DetectorContext) -> Frame:
    """Enrolments; where their category is that of today, with a copy for each other one that it may have been."""
    enrolments = context.whole.enrolments
    if not is_of_today(context, "enrolments"):
        return enrolments
    employees = enrolments.filter(_CATEGORY.is_in(EMPLOYEE_CATEGORIES))
    other = {name: nw.lit(name) for name in WORKING_CATEGORIES}
    copies = [
        employees.filter(~_CATEGORY.is_in([name])).with_columns(person_category=other[name]) for name in other
    ]
    return nw.concat([enrolments, *copies])


def yearly_limit(context: DetectorContext, parameter: str) -> nw.Expr:
    """A limit in fen by the person's category; null where another category that it may have been has another limit."""
    day = nw.col("service_day")
    stated = context.policy.fen(parameter, day, person_category=_CATEGORY)
    if not is_of_today(context, "settlements"):
        return stated
    same = nw.lit(True)
    for other in WORKING_CATEGORIES:
        same &= (context.policy.fen(parameter, day, person_category=nw.lit(other)) == stated).fill_null(
            value=False
        )
    return nw.when(same).then(stated).otherwise(nw.lit(None, dtype=nw.Int64()))
