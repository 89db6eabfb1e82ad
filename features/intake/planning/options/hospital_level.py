"""Option ``hosp_lv``: its codes are grades 01 to 12, or levels 1, 2, 3 for tertiary, secondary, primary.

Both codings are in use under one name. The codes 1, 2, 3 occur in both: as grades they are tertiary hospitals.
"""

from __future__ import annotations

from collections import Counter

from features.intake.manifest import Decision
from features.intake.planning.options.option import Option, UnclearError
from features.intake.planning.options.source_sample import SourceSample
from features.message import Message

_NAME = "hosp_lv"
_BOTH = {"1", "2", "3"}
_GRADES_ONLY = {"10", "11", "12"}
_LOWEST = "3"
_CODES_SHOWN = 8


def resolve(sample: SourceSample) -> Decision:
    """Choose the coding by the codes, and by the providers that have them.

    Two digits are grades. If all codes are 1, 2 or 3, they are levels when grass-roots institutions or pharmacies
    have a 3, which as a grade would be a large tertiary hospital.

    Raises:
        UnclearError: neither holds, or there are codes of both.
    """
    if sample.column("hosp_lv") is None:
        return Decision(option=_NAME, value="grade", by="none", explanation="there is no hosp_lv")
    codes: Counter[str] = Counter()
    small_providers = 0
    for batch in sample.batches(("hosp_lv", "grst_hosp_flag", "fixmedins_type"), text=True):
        for code, flag, kind in batch.iter_rows():
            if code is not None:
                codes[code] += 1
                small_providers += code == _LOWEST and (flag == "1" or kind == "2")
    if not codes:
        return Decision(option=_NAME, value="grade", by="none", explanation="hosp_lv is empty everywhere")
    seen = ", ".join(f"{code} ({rows:,})" for code, rows in sorted(codes.items())[:_CODES_SHOWN])
    padded = {code for code in codes if len(code) > 1 and code.startswith("0")}
    if padded or set(codes) & _GRADES_ONLY:
        return _by_data("grade", codes, f"two digits: {seen}")
    if set(codes) <= _BOTH and small_providers:
        return _by_data(
            "level", codes, f"{seen}; {small_providers:,} grass-roots institutions or pharmacies have a 3"
        )
    raise UnclearError(
        Message(
            "hosp_lv has {seen}, which fits both codings: give hosp_lv=grade (01 to 12) "
            "or hosp_lv=level (1 tertiary, 2 secondary, 3 primary)",
            seen=seen,
        )
    )


def _by_data(value: str, codes: Counter[str], explanation: str) -> Decision:
    return Decision(option=_NAME, value=value, by="data", figures=dict(codes), explanation=explanation)


OPTION = Option(_NAME, table="providers", column="level", resolve=resolve)
