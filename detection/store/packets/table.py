"""The table of packets: which there are, and what lists are ordered, filtered and counted by."""

from __future__ import annotations

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from detection.store.schema import Base

_OPEN = text("rank IS NOT NULL")
_LISTED = ("packet_kind", "packet_subject", "highest", "first_district", "last_district")


class StoredPacket(Base):
    """A packet that an alert is or was in; derived from alerts by the transaction that changes them (`keeping`).

    ``rank`` is that of its first open alert, and ``highest`` the order of the highest grade; ``first_district`` and
    ``last_district`` are the least and the greatest district, an unknown one empty. All four are null where no alert
    is open. ``id_digest`` finds the packet by its id (`detection.masking.id_digests`); null in a store of an earlier
    version, until its next run.
    """

    __tablename__ = "packet"

    queue: Mapped[str] = mapped_column(String(20), primary_key=True)
    packet_kind: Mapped[str] = mapped_column(String(20), primary_key=True)
    packet_subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    rank: Mapped[int | None]
    highest: Mapped[int | None]
    first_district: Mapped[str | None] = mapped_column(String(10))
    last_district: Mapped[str | None] = mapped_column(String(10))
    id_digest: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (
        Index("packet_by_queue", "queue", "rank", *_LISTED, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("packet_by_rank", "rank", "queue", *_LISTED, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("packet_by_id", "id_digest"),
        {"sqlite_with_rowid": False},
    )
