"""What an import preset leaves to the data: each module looks at the rows and settles one option, or asks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from features.errors import MappingError
from features.intake.planning.options.hospital_level import hospital_level
from features.intake.planning.options.mutual_aid import mutual_aid
from features.intake.planning.options.paused_rows import paused_rows
from features.intake.planning.options.source_sample import Decision, SourceSample, UnclearError

_DECIDES: dict[str, Callable[[SourceSample], Decision]] = {
    "mutual_aid_included_in_account": mutual_aid,
    "hosp_lv": hospital_level,
    "paused_rows": paused_rows,
}

__all__ = ["Decision", "SourceSample", "decide"]


def decide(samples: Sequence[tuple[str, SourceSample]]) -> list[Decision]:
    """Settle options by the data.

    Args:
        samples: names of the options, and what each may look at.

    Raises:
        MappingError: for some the data do not tell; all of them are named, with what was seen.
    """
    settled: list[Decision] = []
    unclear: list[str] = []
    for option, sample in samples:
        try:
            settled.append(_DECIDES[option](sample))
        except UnclearError as problem:
            unclear.append(str(problem))
    if unclear:
        raise MappingError(
            "The data do not tell how they are to be read.",
            problems=unclear,
            next_step="say it with --preset-option NAME=VALUE, or under [options] in the mapping file (docs/nhsa.md)",
        )
    return settled


def asked_for(option: str, value: str) -> Decision:
    """What was said on the command line or in the mapping file."""
    return Decision(option, value, "asked", {}, "as asked")


def as_dict(decision: Decision) -> dict[str, Any]:
    """For the manifest."""
    return {
        "option": decision.option,
        "value": decision.value,
        "by": decision.by,
        "figures": decision.figures,
        "said": decision.said,
    }
