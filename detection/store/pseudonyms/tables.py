"""Tables of former pseudonyms. Times are ISO text that the caller passed in."""

from __future__ import annotations

from sqlalchemy import Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from detection.store.schema import Base


class FormerPseudonym(Base):
    """A pseudonym of a former key that the history names, and the one that stands for the same id now."""

    __tablename__ = "former_pseudonym"

    former: Mapped[str] = mapped_column(String(20), primary_key=True)
    current: Mapped[str] = mapped_column(String(20))


class KeyChange(Base):
    """A key that took the place of another, by fingerprints, and how many pseudonyms of the history were mapped."""

    __tablename__ = "key_change"

    fingerprint: Mapped[str] = mapped_column(String(16), primary_key=True)
    before: Mapped[str] = mapped_column(String(16))
    at: Mapped[str] = mapped_column(String(32))
    mapped: Mapped[int] = mapped_column(Integer)
