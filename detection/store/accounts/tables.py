"""Tables of users, sessions and failed sign-ins. Times are ISO text that the caller passed in."""

from __future__ import annotations

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from detection.store.schema import Base


class UserRow(Base):
    """A user. ``password_hash`` is null for those who sign in elsewhere, by ``issuer`` and ``subject``.

    ``districts`` is null where the user sees all of them. ``password_given_at``: since when the password is one that an
    administrator chose; null once the user chose their own.
    """

    __tablename__ = "account_user"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    display_name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(String(20))
    districts: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))
    password_hash: Mapped[str | None] = mapped_column(Text)
    issuer: Mapped[str | None] = mapped_column(Text)
    subject: Mapped[str | None] = mapped_column(String(255))
    created_at: Mapped[str] = mapped_column(String(32))
    disabled_at: Mapped[str | None] = mapped_column(String(32))
    password_given_at: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (Index("account_user_by_identity", "issuer", "subject", unique=True),)


class SessionRow(Base):
    """A session; only the hash of its token is kept. ``ended_reason``: the action that ended it."""

    __tablename__ = "account_session"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_name: Mapped[str] = mapped_column(ForeignKey("account_user.name"))
    address: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[str] = mapped_column(String(32))
    last_seen_at: Mapped[str] = mapped_column(String(32))
    ended_at: Mapped[str | None] = mapped_column(String(32))
    ended_reason: Mapped[str | None] = mapped_column(String(20))

    __table_args__ = (Index("account_session_by_user", "user_name", "started_at"),)


class FailureRow(Base):
    """Failed sign-ins since the last good one: of an account (``account:li``), or from an address."""

    __tablename__ = "account_failure"

    source: Mapped[str] = mapped_column(String(120), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer)
    last_at: Mapped[str] = mapped_column(String(32))
