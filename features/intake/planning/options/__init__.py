"""Options of import presets, one module each. The data determine their values unless the user gives them."""

from __future__ import annotations

from collections.abc import Sequence

from features.errors import MappingError
from features.intake.manifest import Decision
from features.intake.planning.options import hospital_level, mutual_aid, paused_rows
from features.intake.planning.options.option import Option, UnclearError
from features.intake.planning.options.source_sample import SourceSample
from features.message import Message

OPTIONS: dict[str, Option] = {
    option.name: option for option in (mutual_aid.OPTION, hospital_level.OPTION, paused_rows.OPTION)
}
"""Every option by name."""

__all__ = ["OPTIONS", "Option", "SourceSample", "resolve_options"]


def resolve_options(samples: Sequence[tuple[Option, SourceSample]]) -> list[Decision]:
    """Choose the values of options by the data.

    Args:
        samples: options, and the rows that each may inspect.

    Raises:
        MappingError: the data do not determine some of them; all of these are listed, with what was seen.
    """
    decisions: list[Decision] = []
    unclear: list[Message] = []
    for option, sample in samples:
        try:
            decisions.append(option.resolve(sample))
        except UnclearError as problem:
            unclear.append(problem.message)
    if unclear:
        raise MappingError(
            "The data do not determine how they are to be read.",
            problems=unclear,
            next_step="set it with --preset-option NAME=VALUE, or under [options] in the mapping file (docs/nhsa.md)",
        )
    return decisions
