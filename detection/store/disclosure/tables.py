"""The table of requests that a second person confirms. Times are ISO text that the caller passed in."""

from __future__ import annotations

from sqlalchemy import JSON, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from detection.store.schema import Base


class DisclosureRequest(Base):
    """Real ids that somebody asked for, and whom a second person let have them.

    ``kind`` is ``identity`` or ``export``; ``subject`` a pseudonym or the name of a list; ``detail`` which part of it.
    ``districts`` are those of the asker, null for all. ``state`` is ``waiting``, ``approved``, ``refused``,
    ``withdrawn`` or ``used``.
    """

    __tablename__ = "disclosure_request"

    request_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(10))
    subject: Mapped[str] = mapped_column(String(80))
    detail: Mapped[str] = mapped_column(Text)
    minutes: Mapped[int | None] = mapped_column(Integer)
    actor: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    districts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    reason: Mapped[str] = mapped_column(Text)
    requested_at: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(10))
    second: Mapped[str | None] = mapped_column(String(80))
    second_reason: Mapped[str] = mapped_column(Text)
    answered_at: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (Index("disclosure_request_by_state", "state", "actor"),)
