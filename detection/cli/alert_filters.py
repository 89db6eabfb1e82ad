"""The filters that ``alerts`` and ``export`` take as options, checked: an empty list must not look like a result.

The options are declared here, once. A command takes the checked filters as one value.
"""

from __future__ import annotations

import datetime as dt
import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

from features.errors import UsageError
from features.message import Message

if TYPE_CHECKING:
    from detection.store.queries import Filters

_OPTIONS: Mapping[str, tuple[object, object]] = {
    "detector": (Annotated[str, typer.Option("--detector", help="Only this detector's.")], ""),
    "severity": (
        Annotated[
            str,
            typer.Option(
                "--severity", help="Only of this severity: watch, suspicious, highly_suspicious, ..."
            ),
        ],
        "",
    ),
    "list": (
        Annotated[
            str,
            typer.Option(
                "--list", help="One list only: findings, patterns, agency, data; all of them as default."
            ),
        ],
        "all",
    ),
    "district": (
        Annotated[str, typer.Option("--district", help="Only of this district; none: of no district.")],
        "",
    ),
    "provider": (
        Annotated[str, typer.Option("--provider", help="Only at this institution (pseudonym as listed).")],
        "",
    ),
    "subject": (
        Annotated[str, typer.Option("--subject", help="Only about this subject (pseudonym as listed).")],
        "",
    ),
    "start": (
        Annotated[
            dt.datetime | None,
            typer.Option("--from", formats=["%Y-%m-%d"], help="Only with evidence on or after this day."),
        ],
        None,
    ),
    "end": (
        Annotated[
            dt.datetime | None,
            typer.Option("--to", formats=["%Y-%m-%d"], help="Only with evidence on or before this day."),
        ],
        None,
    ),
    "text": (
        Annotated[
            str, typer.Option("--text", help="Only with this text in title, institution or pseudonym.")
        ],
        "",
    ),
}
"""Type and default of each option, by the field of `Filters`."""


def with_alert_filters(status: str, status_help: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command with the options of the filters, which it takes as ``filters``.

    Args:
        status: default of ``--status``.
        status_help: what that option is for.
    """
    own_status = (Annotated[str, typer.Option("--status", help=status_help)], status)
    options = {"detector": _OPTIONS["detector"], "status": own_status, **_OPTIONS}

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @wraps(command)
        def with_options(**given: Any) -> None:
            filters = _filters({name: given.pop(name) for name in options})
            command(filters=filters, **given)

        parameters = _parameters(command, options)
        with_options.__dict__["__signature__"] = inspect.Signature(parameters)
        with_options.__annotations__ = {each.name: each.annotation for each in parameters}
        del with_options.__dict__["__wrapped__"]
        return with_options

    return decorate


def _parameters(
    command: Callable[..., None], options: Mapping[str, tuple[object, object]]
) -> list[inspect.Parameter]:
    """The parameters of a command, with the options where it takes the filters."""
    hints = get_type_hints(command, localns={"Filters": object}, include_extras=True)
    parameters: list[inspect.Parameter] = []
    for own in inspect.signature(command).parameters.values():
        if own.name == "filters":
            parameters += [
                inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=kind)
                for name, (kind, default) in options.items()
            ]
        else:
            parameters.append(own.replace(kind=inspect.Parameter.KEYWORD_ONLY, annotation=hints[own.name]))
    return parameters


def _filters(given: Mapping[str, str | dt.datetime | None]) -> Filters:
    """The checked filters.

    Raises:
        UsageError: a detector, status, severity or list that does not exist, or a period that ends before it begins.
    """
    from detection.alerts.draft import SEVERITIES
    from detection.detectors.catalogue import catalogue
    from detection.store.lifecycle import STATUSES
    from detection.store.queries import Filters
    from detection.store.queries.filters import LISTS

    filters = Filters(**{name: _text(value) for name, value in given.items()})
    _refuse_unknown(Message("detector"), filters.detector, sorted(catalogue()))
    _refuse_unknown(Message("status"), filters.status, STATUSES)
    _refuse_unknown(Message("severity"), filters.severity, SEVERITIES)
    _refuse_unknown(Message("list"), filters.list, LISTS)
    if filters.start and filters.end and filters.end < filters.start:
        raise UsageError(
            "The period ends before it begins.", where="--from, --to", next_step="exchange the two days"
        )
    return filters


def _text(value: str | dt.datetime | None) -> str:
    return value.date().isoformat() if isinstance(value, dt.datetime) else value or ""


def _refuse_unknown(kind: Message, named: str, known: Sequence[str]) -> None:
    from detection.store.queries.filters import values_of

    for name in values_of(named):
        if name not in known:
            raise UsageError(
                "There is no {kind} {name!r}.",
                next_step="use one of: {names}",
                names=known,
                kind=kind,
                name=name,
            )
