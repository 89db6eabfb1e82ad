"""Errors that a person can act on: what is wrong, where, and what to do next.

Each kind has its own exit code, so that an operator without access to the logs can distinguish
them. Messages never contain an identity: rows are named by file and row number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from features.message import Message, places


class FundwatchError(Exception):
    """Base of every error shown without a traceback.

    Args:
        what: one sentence saying what is wrong.
        where: the file, row, column, card or folder concerned ("" when there is none).
        next_step: what the reader can do about it.
        problems: all problems of the same kind, when there are several; each is one line.
        values: what fills the places of ``what`` and ``next_step``.
    """

    exit_code = 1

    def __init__(
        self,
        what: str,
        *,
        where: str = "",
        next_step: str = "",
        problems: Sequence[Message] = (),
        **values: object,
    ) -> None:
        self.what = _message(what, values)
        self.where = where
        self.next_step = _message(next_step, values)
        self.problems = tuple(problems)
        super().__init__(str(self))

    def lines(self) -> list[Message]:
        """What, where, every problem, next step."""
        lines = [self.what]
        if self.where:
            lines.append(Message("  where: {where}", where=self.where))
        lines.extend(Message("  - {problem}", problem=problem) for problem in self.problems)
        if self.next_step:
            lines.append(Message("  next:  {step}", step=self.next_step))
        return lines

    def __str__(self) -> str:
        """The lines in English."""
        return "\n".join(self.lines())


def _message(text: str, values: Mapping[str, object]) -> Message:
    if isinstance(text, Message):
        return text
    return Message(text, **{name: value for name, value in values.items() if name in places(text)})


class WordedError(Exception):
    """A problem that becomes one entry of a `FundwatchError`'s list, or a part of one."""

    def __init__(self, message: Message) -> None:
        self.message = message
        super().__init__(message)


class UsageError(FundwatchError):
    """The command line requests something impossible (exit code 2)."""

    exit_code = 2


class InputError(FundwatchError):
    """The data set lacks a required table or column, or a file cannot be read (exit code 3)."""

    exit_code = 3


class MappingError(FundwatchError):
    """A mapping file cannot be used (exit code 4)."""

    exit_code = 4


class PolicyError(FundwatchError):
    """A policy value is missing, not yet in force on the date, or wrongly written (exit code 5)."""

    exit_code = 5


class WorkspaceError(FundwatchError):
    """The workspace is in use, of another layout version, or not a workspace (exit code 6)."""

    exit_code = 6


class StoreError(FundwatchError):
    """The alert store cannot be read or written (exit code 7)."""

    exit_code = 7


class CardError(FundwatchError):
    """A rule or model card is incomplete or contradicts itself (exit code 8)."""

    exit_code = 8


class IntegrityError(FundwatchError):
    """Counts or sums that have to be equal are not: a defect of fundwatch, not of the data (exit code 9)."""

    exit_code = 9
