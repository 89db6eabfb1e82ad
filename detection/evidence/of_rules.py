"""How much a broken rule is worth as evidence: little where half of the fund breaks it, much where nobody else does."""

from __future__ import annotations

import math

from models.evidence.unit import MOST

_BASE = 0.5
_BY_ROWS = 0.7


def rule_evidence(rows: int, violations: int, exposed: int) -> float:
    """Evidence of one case of a deterministic rule.

    The rarer the violation among the rows that could have it, and the more often one subject repeats it, the less
    likely is a slip of data entry. The weights were chosen in `docs/quality.md`, "What was chosen where".

    Args:
        rows: violations of the case, at least 1.
        violations: of all cases of the cause together.
        exposed: rows that could have violated it.

    Returns:
        0 to `MOST`.
    """
    share = min(1.0, max(violations, 1) / max(exposed, 1))
    return round(min(MOST, max(0.0, _BASE - math.log10(share) + _BY_ROWS * math.log2(max(rows, 1)))), 6)
