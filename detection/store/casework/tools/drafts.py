"""What users have typed in forms and not sent yet: kept per user, so that a reload loses nothing.

A draft is no act: it has no entry in the audit log, nobody else reads it, and it goes with the act that it was for.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Engine, delete, insert, select
from sqlalchemy.exc import SQLAlchemyError

from detection.store.casework.tables import FormDraft
from detection.store.connection import bring_up_to_date
from detection.store.engines.refusals import refusal
from detection.store.lost import refuse_lost_store
from features.workspace import Workspace

Fields = Mapping[str, str]


class DraftStore:
    """The drafts of a workspace.

    Args:
        space: the workspace.

    Raises:
        StoreError: the store is lost, or cannot be written.
    """

    def __init__(self, space: Workspace) -> None:
        refuse_lost_store(space)
        self._space = space
        self._engine: Engine = bring_up_to_date(space.store)

    def of(self, user: str) -> dict[str, Fields]:
        """All drafts of a user, by form."""
        query = select(FormDraft.form, FormDraft.fields).where(FormDraft.user_name == user)
        try:
            with self._engine.begin() as connection:
                return {form: dict(fields) for form, fields in connection.execute(query)}
        except SQLAlchemyError as error:
            raise refusal(error, self._space.store) from error

    def save(self, user: str, form: str, fields: Fields, at: str, *, older_than: str) -> None:
        """Keep what a user has typed in a form; empty fields drop it. Drafts before a time go away, whose ever."""
        draft = FormDraft
        try:
            with self._engine.begin() as connection:
                connection.execute(delete(draft).where(draft.saved_at < older_than))
                connection.execute(delete(draft).where(draft.user_name == user, draft.form == form))
                if fields:
                    connection.execute(
                        insert(draft).values(user_name=user, form=form, fields=dict(fields), saved_at=at)
                    )
        except SQLAlchemyError as error:
            raise refusal(error, self._space.store) from error
