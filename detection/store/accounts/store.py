"""Users, sessions and failed sign-ins in the store. Every method is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from sqlalchemy import ColumnElement, Connection, delete, insert, select, true, update
from sqlalchemy.exc import DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.orm import Session

from detection.audit.entry import EntryDraft
from detection.store.accounts.overview import overview
from detection.store.accounts.records import (
    Attempt,
    Failures,
    IdentityTakenError,
    SessionRecord,
    UserChangedError,
    UserOverview,
    UserRecord,
)
from detection.store.accounts.rows import changeable, listed, user_of
from detection.store.accounts.tables import FailureRow, SessionRow, UserRow
from detection.store.audit.append import append
from detection.store.connection import bring_up_to_date, reading
from detection.store.engines.refusals import refusal, unreadable
from detection.store.schema import Run
from features.workspace.place import StoreLocation


class AccountStore:
    """The accounts of a store, which is brought up to date, or made when it is not there.

    Args:
        store: the store's place (`Workspace.store`).

    Raises:
        StoreError: it is no store, or cannot be written.
    """

    def __init__(self, store: StoreLocation) -> None:
        self._store = store
        self._writing = bring_up_to_date(store)
        self._reading = reading(store)

    def users(self) -> list[UserRecord]:
        """All users by name, disabled ones included."""
        with self._session() as session:
            return [user_of(row) for row in session.scalars(select(UserRow).order_by(UserRow.name))]

    def overview(self, *, started_after: str, seen_after: str) -> list[UserOverview]:
        """All users by name, with their last sign-in and their sessions that live.

        Args:
            started_after: ISO time; a session that began before it lives no more.
            seen_after: ISO time; a session that was last used before it lives no more.
        """
        with self._session() as session:
            return overview(session, started_after=started_after, seen_after=seen_after)

    def user(self, name: str) -> UserRecord | None:
        """A user by name."""
        with self._session() as session:
            row = session.get(UserRow, name)
            return None if row is None else user_of(row)

    def add_user(self, user: UserRecord, entry: EntryDraft) -> bool:
        """Add a user, and enter it in the audit log.

        Returns:
            Whether it was added: not where the name is taken.

        Raises:
            IdentityTakenError: somebody is a user under another name already.
        """
        with self._transaction() as connection:
            if connection.scalar(select(UserRow.name).where(UserRow.name == user.name)) is not None:
                return False
            row = {"name": user.name, "created_at": user.created_at, **changeable(user)}
            with _identity_is_of_one():
                connection.execute(insert(UserRow).values(row))
            append(connection, entry)
        return True

    def change_user(self, before: UserRecord, user: UserRecord, entry: EntryDraft, keep: str = "") -> None:
        """Replace what is stored of a user, end their sessions, and enter it in the audit log.

        Args:
            before: as they were read.
            user: with the new values; the name stays.
            entry: what was done, and why their sessions end.
            keep: hash of the token of a session that goes on; none where it is empty.

        Raises:
            UserChangedError: they are not as they were read: nothing is changed.
            IdentityTakenError: whom the user becomes at the identity provider is another user.
        """
        with self._transaction() as connection:
            _refuse_changed(connection, before)
            with _identity_is_of_one():
                change = update(UserRow).where(UserRow.name == user.name)
                connection.execute(change.values(changeable(user)))
            _end(connection, (SessionRow.user_name == user.name) & (SessionRow.token_hash != keep), entry)
            append(connection, entry)

    def session(self, token_hash: str) -> SessionRecord | None:
        """A session by the hash of its token."""
        query = select(SessionRow, UserRow).join(UserRow, UserRow.name == SessionRow.user_name)
        with self._session() as session:
            joined = session.execute(query.where(SessionRow.token_hash == token_hash)).one_or_none()
            if joined is None:
                return None
            row, user = joined
            return SessionRecord(user_of(user), row.started_at, row.last_seen_at, row.ended_at)

    def add_session(self, token_hash: str, *, user: UserRecord, address: str, entry: EntryDraft) -> None:
        """Start a session of a user, and enter it in the audit log.

        Raises:
            UserChangedError: they are not as they were read, for instance disabled since.
        """
        with self._transaction() as connection:
            _refuse_changed(connection, user)
            connection.execute(
                insert(SessionRow).values(
                    token_hash=token_hash,
                    user_name=user.name,
                    address=address,
                    started_at=entry.at,
                    last_seen_at=entry.at,
                )
            )
            append(connection, entry)

    def touch_session(self, token_hash: str, at: str) -> None:
        """Keep that a session was used."""
        with self._transaction() as connection:
            connection.execute(
                update(SessionRow).where(SessionRow.token_hash == token_hash).values(last_seen_at=at)
            )

    def end_session(self, token_hash: str, entry: EntryDraft) -> None:
        """End one session; entered in the audit log if it was open."""
        with self._transaction() as connection:
            if _end(connection, SessionRow.token_hash == token_hash, entry):
                append(connection, entry)

    def end_sessions(self, entry: EntryDraft, user: str | None) -> int:
        """End all sessions of a user, or of everybody, and enter it in the audit log; how many there were."""
        with self._transaction() as connection:
            ended = _end(connection, true() if user is None else SessionRow.user_name == user, entry)
            append(connection, entry)
        return ended

    def enter(self, entry: EntryDraft) -> None:
        """Enter in the audit log what changes nothing here: a failed sign-in."""
        with self._transaction() as connection:
            append(connection, entry)

    def count_attempt(
        self,
        sources: Sequence[str],
        *,
        at: str,
        forgotten_before: str,
        waits_until: Callable[[str, Failures], str | None],
    ) -> Attempt:
        """Count an attempt to sign in as failed before its password is checked, unless a source has to wait.

        Counting first lets no number of attempts at the same moment exceed the limit.

        Args:
            sources: what is counted: the account, the address.
            at: ISO time.
            forgotten_before: ISO time; sources without a failure since then start from zero.
            waits_until: the ISO time until which a source has to wait; None where it need not.
        """
        with self._transaction() as connection:
            connection.execute(delete(FailureRow).where(FailureRow.last_at < forgotten_before))
            counted = _failures(connection, sources)
            waits = [wait for name, count in counted.items() if (wait := waits_until(name, count))]
            if waits:
                return Attempt(max(waits), counted)
            for source in sources:
                if source in counted:
                    change = update(FailureRow).where(FailureRow.source == source)
                    connection.execute(change.values(failures=counted[source].number + 1, last_at=at))
                else:
                    connection.execute(insert(FailureRow).values(source=source, failures=1, last_at=at))
        return Attempt(None, counted)

    def forget_failures(self, source: str) -> None:
        """Count the failures of a source from zero."""
        with self._transaction() as connection:
            connection.execute(delete(FailureRow).where(FailureRow.source == source))

    def take_back_failure(self, source: str, before: Failures | None) -> None:
        """An attempt of a source was none.

        Args:
            source: what it was counted under.
            before: what had failed until then; its time comes back where nothing failed since, so that a good sign-in
                does not lengthen a wait.
        """
        with self._transaction() as connection:
            row = FailureRow.source == source
            if before is not None:
                alone = update(FailureRow).where(row, FailureRow.failures == before.number + 1)
                connection.execute(alone.values(last_at=before.last_at))
            connection.execute(update(FailureRow).where(row).values(failures=FailureRow.failures - 1))
            connection.execute(delete(FailureRow).where(row, FailureRow.failures <= 0))

    def run_snapshots(self) -> set[str]:
        """The data sets of all runs that the store knows of."""
        with self._session() as session:
            return set(session.scalars(select(Run.snapshot_id).distinct()))

    @contextmanager
    def _session(self) -> Iterator[Session]:
        """What a reader sees; what the database refuses becomes an error that a person can act on."""
        try:
            with Session(self._reading) as session:
                yield session
        except DBAPIError as error:
            raise unreadable(error, self._store) from None

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """All of it or nothing; what the database refuses becomes an error that a person can act on."""
        try:
            with self._writing.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise refusal(error, self._store) from error


@contextmanager
def _identity_is_of_one() -> Iterator[None]:
    """What is written inside names somebody at the provider who may be a user already.

    Raises:
        IdentityTakenError: they are.
    """
    try:
        yield
    except IntegrityError:
        raise IdentityTakenError(
            "Who this is at the identity provider is another user already, or was added at this moment.",
            next_step="list the users: fundwatch user list; nobody is two users",
        ) from None


def _end(connection: Connection, which: ColumnElement[bool], entry: EntryDraft) -> int:
    still_open = update(SessionRow).where(which, SessionRow.ended_at.is_(None))
    return connection.execute(still_open.values(ended_at=entry.at, ended_reason=entry.action)).rowcount


def _refuse_changed(connection: Connection, before: UserRecord) -> None:
    row = UserRow
    query = select(row.role, row.password_hash, row.disabled_at, row.districts, row.issuer, row.subject)
    now = connection.execute(query.where(row.name == before.name).with_for_update()).one_or_none()
    read = (
        before.role, before.password_hash, before.disabled_at, listed(before.districts), before.issuer, before.subject,
    )  # fmt: skip
    if now is None or tuple(now) != read:
        raise UserChangedError(
            "User {name} was changed meanwhile.",
            next_step="look at the user, then try again",
            name=before.name,
        )


def _failures(connection: Connection, sources: Sequence[str]) -> Mapping[str, Failures]:
    query = select(FailureRow.source, FailureRow.failures, FailureRow.last_at)
    query = query.where(FailureRow.source.in_(sources)).with_for_update()
    return {row.source: Failures(row.failures, row.last_at) for row in connection.execute(query)}
