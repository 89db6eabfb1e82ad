"""One word of an export that has two meanings, and the meaning that is applied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Reading:
    """How one word is read.

    Attributes:
        name: of the word, as the option names it.
        value: the meaning that is applied.
        by: whether the data showed it, the run was given it, the area's policy says it, or it is the contract's own
            meaning.
        en, zh: what showed it, in numbers of the data set.
    """

    name: str
    value: str
    by: Literal["data", "option", "policy", "contract"]
    en: str
    zh: str
