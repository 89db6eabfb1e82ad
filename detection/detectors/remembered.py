"""What a detector computes for its hits is not computed again for its evidence."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

from detection.detectors.context import DetectorContext

Args = ParamSpec("Args")
T = TypeVar("T")


def remembered(
    build: Callable[Concatenate[DetectorContext, Args], T],
) -> Callable[Concatenate[DetectorContext, Args], T]:
    """Let a function of a context return its last result again, until another function takes its place.

    Nothing is remembered where the detector may assess some rows only: those differ from one call to the next.

    Args:
        build: whose further arguments can be compared, such as thresholds; its result may not be changed.
    """

    @wraps(build)
    def latest(context: DetectorContext, /, *args: Args.args, **kwargs: Args.kwargs) -> T:
        if context.assessable is not context.whole:
            return build(context, *args, **kwargs)
        key = (build, context.policy.digest, context.area, args, kwargs)
        return context.views.remember_last(key, lambda: build(context, *args, **kwargs))

    return latest
