"""A policy file to fill in: every parameter of this version with status ``unknown``, and how its value is written.

A file of an area that this package knows names only the parameters that are unknown there: an unknown value of a
fund's own file would replace a known one.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from features.errors import PolicyError
from features.policy.categories import KEYS
from features.policy.files import known_areas, load_policy
from features.policy.parameters import LISTS, PARAMETERS, Parameter
from features.policy.policy import Policy

_AREA = re.compile(r"\d{6}")
_FIRST = dt.date(2023, 1, 1)
"""Day from which a value is asked for where no other is known: most funds began to pool outpatient care then."""
_EXAMPLES = {
    "flag": "true",
    "yuan": "800",
    "ratio": "0.6",
    "month": '"2023-01"',
    "day": '"2023-01-01"',
    "province code": '"32"',
}
_LAYERS_EXAMPLE = (
    'rows = [{ layer = "civil_servants", of = "own_share", ratio = 0.5, cap = 3000, employers = ["E001"] }]'
)
_HEAD = """\
# Policy values of {area}, to fill in. 待填写的政策参数。
# 1. A value that is unknown switches off what needs it; it accuses nobody. 未知的参数只会停用相关检测，不会产生疑点。
# 2. To fill one in: give `value` (or `rows`), the document as `source`, the first day in force as `from`, and
#    status = "verified". 填写：value（或 rows）、文件依据 source、生效日期 from，并将 status 改为 "verified"。
# 3. When the rule changed, add a further [[….values]] with its own `from`. 政策调整时，另加一段 [[….values]]。
# 4. Check: fundwatch policy check DIR. Use: fundwatch run --area {area} --policy-dir DIR.
area = "{area}"
"""


def template(area: str, waiting: Mapping[str, Sequence[str]]) -> str:
    """The text of a policy file that `check_folder` accepts as it is.

    Args:
        area: six digits.
        waiting: titles of what waits for a parameter, by its name.

    Raises:
        PolicyError: the area is not six digits, or nothing about it is unknown.
    """
    if not _AREA.fullmatch(area):
        raise PolicyError("An area is six digits.", where=area, next_step="for example --area 320600")
    known = load_policy(area) if area in known_areas() else Policy(area)
    words = {name: texts for each in known_areas() for name, texts in load_policy(each).words.items()}
    names = [name for name in PARAMETERS if not _is_known(known, name)]
    if not names:
        raise PolicyError("Nothing is unknown about this area.", where=area)
    parts = [_HEAD.format(area=area)]
    if not known.parameters:
        parts.append(f'[label]\nen = "{area}"\nzh = "{area}"\n')
    parts += ["\n".join(_lines(name, known, words.get(name, {}), waiting.get(name, ()))) for name in names]
    return "\n".join(parts)


def _is_known(policy: Policy, name: str) -> bool:
    dated = policy.parameters.get(name, ())
    return any(value.known for value in dated)


def _lines(name: str, known: Policy, words: Mapping[str, str], waiting: Sequence[str]) -> Iterator[str]:
    parameter = PARAMETERS[name]
    dated = known.parameters.get(name, ())
    if waiting:
        yield f"# Waiting for it 等待该参数的检测: {', '.join(waiting)}"
    yield f"[{name}]"
    yield f'en = "{words.get("en") or name}"'
    yield f'zh = "{words.get("zh") or name}"'
    yield f"[[{name}.values]]"
    yield f"from = {dated[0].start if dated else _FIRST}"
    yield from (f"# {line}" for line in _ways(parameter))
    yield f'unit = "{parameter.unit}"'
    yield 'source = "not read yet"'
    yield 'status = "unknown"\n'


def _ways(parameter: Parameter) -> Iterator[str]:
    """How a value is written, as examples that hold for no fund."""
    if parameter.unit == "layer":
        yield "value = false"
        yield "or 或: rows = [{ ratio = 0.9, cap = 100000 }]"
        return
    if parameter.unit == "layers":
        yield "value = false"
        yield f"or 或: {_LAYERS_EXAMPLE}"
        return
    if parameter.unit in LISTS:
        yield f"value = [{', '.join(_quoted(word) for word in parameter.words)}]"
        return
    if parameter.words:
        yield f"value = {' | '.join(_quoted(word) for word in parameter.words)}"
        return
    yield f"value = {_EXAMPLES[parameter.unit]}"
    if parameter.keys:
        keys = ", ".join(f"{key} = {_example(KEYS[key])}" for key in parameter.keys)
        yield f"or 或: rows = [{{ {keys}, value = {_EXAMPLES[parameter.unit]} }}]"


def _example(words: Sequence[str] | None) -> str:
    return _quoted(words[0]) if words else "0"


def _quoted(word: str) -> str:
    return f'"{word}"'
