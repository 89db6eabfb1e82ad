"""Which of two codings ``hosp_lv`` has: grades 01 to 12, or 1, 2, 3 for tertiary, secondary, primary.

Both are in use under one name, and 1, 2, 3 are codes of both: third-grade hospitals of the first in the second.
"""

from __future__ import annotations

from collections import Counter

from features.intake.planning.options.source_sample import Decision, SourceSample, UnclearError

OPTION = "hosp_lv"
_BOTH = {"1", "2", "3"}
_GRADES_ONLY = {"10", "11", "12"}
_LOWEST = "3"
_SEEN = 8


def hospital_level(sight: SourceSample) -> Decision:
    """Settle it by the codes that are there, and by who has them.

    Two digits are grades. 1, 2, 3 alone are levels where grass-roots institutions or pharmacies have a 3, which
    as a grade would be a large third-grade hospital.

    Raises:
        UnclearError: neither holds, or there are codes of both.
    """
    if sight.column("hosp_lv") is None:
        return Decision(OPTION, "grade", "none", {}, "there is no hosp_lv")
    codes: Counter[str] = Counter()
    small = 0
    for batch in sight.batches(("hosp_lv", "grst_hosp_flag", "fixmedins_type"), text=True):
        for code, flag, kind in batch.iter_rows():
            if code is not None:
                codes[code] += 1
                small += code == _LOWEST and (flag == "1" or kind == "2")
    seen = ", ".join(f"{code} ({times:,})" for code, times in sorted(codes.items())[:_SEEN])
    if not codes:
        return Decision(OPTION, "grade", "none", {}, "hosp_lv is empty everywhere")
    padded = {code for code in codes if len(code) > 1 and code.startswith("0")}
    if padded or set(codes) & _GRADES_ONLY:
        return Decision(OPTION, "grade", "data", dict(codes), f"two digits: {seen}")
    if set(codes) <= _BOTH and small:
        said = f"{seen}; {small:,} grass-roots institutions or pharmacies have a 3"
        return Decision(OPTION, "level", "data", dict(codes), said)
    raise UnclearError(
        f"hosp_lv has {seen}, which does not tell its coding: give hosp_lv=grade (01 to 12) "
        "or hosp_lv=level (1 tertiary, 2 secondary, 3 primary)"
    )
