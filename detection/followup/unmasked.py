"""Files of the terminal: masked ones are recorded; those with real ids need a second person's approval first."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from detection.accounts.opening import open_accounts
from detection.accounts.rights import Actor, Role
from detection.audit.entry import EntryDraft
from detection.export.export import check, detail_of, export
from detection.followup.audit.entering import logged
from detection.followup.requests import Grant, grant, waits_for_second
from detection.store.queries import EVERY_ALERT, Filters
from features.workspace import open_workspace
from features.workspace.place import Where


@dataclass(frozen=True)
class FileRequest:
    """A file that somebody wants; see `detection.export.export.export`."""

    what: str
    file_format: str
    out: Path
    kind: str = "person"
    language: str = "en"
    headed: str = ""
    filters: Filters = EVERY_ALERT

    @property
    def name(self) -> str:
        """What the record calls the list."""
        return f"export {self.what} {self.kind}" if self.what == "scores" else f"export {self.what}"

    @property
    def detail(self) -> str:
        """Which part of it, in which form; not where it is written."""
        return f"format={self.file_format}&{detail_of(self.filters, reveal=True)}"


def export_file(
    workspace: Where, wanted: FileRequest, *, account: str, at: str, reveal: bool = False, reason: str = ""
) -> int:
    """Write a file; its number of rows.

    With real ids, where the workspace has users, it is a request first that another person with the rights approves;
    then the same call writes the file, once.

    Args:
        workspace: where it is.
        wanted: which file.
        account: of the machine; with real ids it must be the name of a user who may reveal and export.
        at: ISO time.
        reveal: write the ids as the source has them.
        reason: why; needed to reveal.

    Raises:
        NotAllowedError: no such user, or their role or districts do not let them.
        WaitsForSecondError: a second person was asked.
        UsageError: reveal without a reason, or the file cannot be written as it is wanted.
        StoreError: no run yet, or the store cannot be written.
    """
    space = open_workspace(workspace)
    action = EntryDraft(at, account, "export", f"list:{wanted.name}", reason=reason)
    with logged(space, action):
        granted = Grant(Actor(account, Role.terminal))
        if reveal and reason.strip():
            check(wanted.what, wanted.file_format, wanted.out, wanted.headed)
            _refuse_districts(workspace, account)
            granted = grant(workspace, granted.actor, wanted.name, wanted.detail, reason=reason, at=at)
        actor = granted.actor
        if granted.waits is None:
            return export(
                space,
                wanted.what,
                kind=wanted.kind,
                file_format=wanted.file_format,
                out=wanted.out,
                reveal=reveal,
                reason=reason,
                actor=actor.name,
                at=at,
                language=wanted.language,
                filters=wanted.filters,
                headed=wanted.headed,
                role="" if actor.role is Role.terminal else actor.role.value,
                request=granted.request,
            )
    raise waits_for_second(granted.waits)


def _refuse_districts(workspace: Where, account: str) -> None:
    open_accounts(workspace).user_at_terminal(account).require_whole_fund()
