"""Tables of the alert store (SQLAlchemy; migrations by Alembic next to this file).

Money is integer fen; times are ISO text of the caller. One transaction changes what readers see, and ``state``.
"""

from __future__ import annotations

from typing import Any, ClassVar

from sqlalchemy import JSON, BigInteger, Computed, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from detection.store.alert_columns import LIST_COLUMNS, PACKET_COLUMNS, PACKET_KIND, PACKET_SUBJECT


class Base(DeclarativeBase):
    """Base of the store's tables."""

    type_annotation_map: ClassVar[dict[Any, Any]] = {dict[str, Any]: JSON, list[Any]: JSON}


class State(Base):
    """One row: what readers see."""

    __tablename__ = "state"

    id: Mapped[int] = mapped_column(primary_key=True)
    current_run_id: Mapped[str | None] = mapped_column(String(40))


class Run(Base):
    """One finished run. ``manifest`` holds the intake counts, ``models`` the model versions used."""

    __tablename__ = "run"

    run_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    number: Mapped[int] = mapped_column(unique=True)
    finished_at: Mapped[str] = mapped_column(String(32))
    as_of: Mapped[str] = mapped_column(String(10))
    area: Mapped[str] = mapped_column(String(10))
    snapshot_id: Mapped[str] = mapped_column(String(40))
    code_version: Mapped[str] = mapped_column(String(40))
    config_digest: Mapped[str] = mapped_column(String(40))
    simulated: Mapped[bool]
    first_day: Mapped[str | None] = mapped_column(String(10))
    last_day: Mapped[str | None] = mapped_column(String(10))
    manifest: Mapped[dict[str, Any]]
    models: Mapped[dict[str, Any]]


class Alert(Base):
    """One alert per case key.

    ``change`` is how the run ``run_id``, the last one that assessed the alert, left it: new, changed, same,
    or closed (not raised again; ``closed_reason`` in English and Chinese). An alert that the current run could
    not assess is ``same``. ``rank`` is over the open alerts of the current run; the others come after them.
    ``status`` is a state of the life cycle of alerts; ``proposed_by`` and ``verdict`` say who wants to dismiss it and
    why (they count while it is proposed or dismissed), ``snoozed_until`` when a snooze ends (ISO day).
    ``money_kind`` says what its three amounts are (`detection.detectors.cards.MONEY_KINDS`). ``packet_kind`` and
    ``packet_subject`` say whose packet it is in (docs/follow-up.md).
    """

    __tablename__ = "alert"

    alert_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    run_id: Mapped[str] = mapped_column(ForeignKey("run.run_id"))
    first_run_id: Mapped[str] = mapped_column(String(40))
    change: Mapped[str] = mapped_column(String(10))
    detector: Mapped[str] = mapped_column(String(60))
    detector_kind: Mapped[str] = mapped_column(String(10))
    family: Mapped[str] = mapped_column(String(30))
    queue: Mapped[str] = mapped_column(String(20))
    certainty: Mapped[str] = mapped_column(String(20))
    typology: Mapped[str] = mapped_column(String(60))
    subject_kind: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[str] = mapped_column(String(80))
    case_key: Mapped[str] = mapped_column(Text)
    member_ids: Mapped[list[Any]]
    title_en: Mapped[str] = mapped_column(Text)
    title_zh: Mapped[str] = mapped_column(Text)
    seen_en: Mapped[str] = mapped_column(Text)
    seen_zh: Mapped[str] = mapped_column(Text)
    score: Mapped[float] = mapped_column(Float)
    rank: Mapped[int]
    severity: Mapped[str] = mapped_column(String(24))
    severity_order: Mapped[int]
    pool_at_issue: Mapped[int] = mapped_column(BigInteger)
    account_at_issue: Mapped[int] = mapped_column(BigInteger)
    amount_at_issue: Mapped[int] = mapped_column(BigInteger)
    money_kind: Mapped[str] = mapped_column(String(12))
    period_start: Mapped[str] = mapped_column(String(10))
    period_end: Mapped[str] = mapped_column(String(10))
    evidence_rows: Mapped[int]
    evidence_digest: Mapped[str] = mapped_column(String(16))
    district: Mapped[str | None] = mapped_column(String(10))
    provider_id: Mapped[str | None] = mapped_column(String(80))
    provider_kind: Mapped[str | None] = mapped_column(String(20))
    legal_basis: Mapped[list[Any]]
    figures: Mapped[dict[str, Any]]
    reasons: Mapped[list[Any]]
    counter_evidence: Mapped[list[Any]]
    leaves_list_if: Mapped[dict[str, Any]]
    card_digest: Mapped[str] = mapped_column(ForeignKey("card.digest"))
    values_used: Mapped[dict[str, Any]]
    model_version: Mapped[str | None] = mapped_column(String(60))
    status: Mapped[str] = mapped_column(String(12))
    proposed_by: Mapped[str | None] = mapped_column(String(80))
    verdict: Mapped[str] = mapped_column(String(80), default="", server_default="")
    snoozed_until: Mapped[str | None] = mapped_column(String(10))
    closed_reason: Mapped[str | None] = mapped_column(Text)
    closed_reason_zh: Mapped[str | None] = mapped_column(Text)
    packet_kind: Mapped[str | None] = mapped_column(String(20), Computed(PACKET_KIND))
    packet_subject: Mapped[str | None] = mapped_column(String(80), Computed(PACKET_SUBJECT))

    __table_args__ = (
        Index("alert_by_rank", "rank"),
        Index("alert_by_amount", "amount_at_issue", "alert_id"),
        Index("alert_by_score", "score", "alert_id"),
        Index("alert_by_detector", "detector", "status"),
        Index("alert_by_subject", "subject_kind", "subject_id"),
        Index("alert_by_provider", "provider_id"),
        Index("alert_by_filter", *LIST_COLUMNS),
        Index("alert_by_packet", *PACKET_COLUMNS),
    )


class AlertMember(Base):
    """A person among those of an alert, so that a person's alerts are found without reading every alert."""

    __tablename__ = "alert_member"

    person_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.alert_id", ondelete="CASCADE"), primary_key=True)

    __table_args__ = ({"sqlite_with_rowid": False},)


class Evidence(Base):
    """One settlement of an alert's evidence, with the cause and where its row came from.

    ``proof`` has the columns that carry the claim (`detection.proof`), with real ids; null where none are known.
    """

    __tablename__ = "evidence"

    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.alert_id", ondelete="CASCADE"), primary_key=True)
    settlement_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    cause: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[str] = mapped_column(String(80))
    provider_id: Mapped[str] = mapped_column(String(80))
    settled_at: Mapped[str] = mapped_column(String(20))
    pool: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[int] = mapped_column(BigInteger)
    source_file: Mapped[str] = mapped_column(Text)
    source_row: Mapped[int] = mapped_column(BigInteger)
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    # One tree instead of two, for the table with the most rows.
    __table_args__ = (Index("evidence_by_settlement", "settlement_id"), {"sqlite_with_rowid": False})


class RecordEvidence(Base):
    """One record of an alert's evidence: an entry of a ledger, a contribution, a transmitted row.

    ``record_id`` is the row's key in its table, parts joined by ``/``. Money is signed: what is owed to the insured is
    below zero.
    """

    __tablename__ = "record_evidence"

    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.alert_id", ondelete="CASCADE"), primary_key=True)
    record_table: Mapped[str] = mapped_column(String(40), primary_key=True)
    record_id: Mapped[str] = mapped_column(String(200), primary_key=True)
    cause: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[str | None] = mapped_column(String(80))
    record_day: Mapped[str] = mapped_column(String(10))
    pool: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[int] = mapped_column(BigInteger)
    source_file: Mapped[str] = mapped_column(Text)
    source_row: Mapped[int] = mapped_column(BigInteger)
    proof: Mapped[dict[str, Any] | None] = mapped_column(JSON)

    __table_args__ = ({"sqlite_with_rowid": False},)


class SharedEvidence(Base):
    """Settlements and records (``table:id``) that more than one alert cites: what a sum over alerts would count twice.

    The writer derives it from all evidence at the end of a run, so that totals of a list need not read all of it.
    """

    __tablename__ = "shared_evidence"

    settlement_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.alert_id", ondelete="CASCADE"), primary_key=True)
    pool: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (Index("shared_by_alert", "alert_id"), {"sqlite_with_rowid": False})


class AlertEvent(Base):
    """What a person or a run did to an alert; appended, never changed.

    ``note`` is what the person wrote; a note of a run is in both languages. ``code`` is a verdict with its reason,
    ``until`` an ISO day; empty where the act has none.
    """

    __tablename__ = "alert_event"

    event_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.alert_id"), index=True)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(80))
    action: Mapped[str] = mapped_column(String(20))
    status_before: Mapped[str] = mapped_column(String(12))
    status_after: Mapped[str] = mapped_column(String(12))
    note: Mapped[str] = mapped_column(Text)
    note_zh: Mapped[str | None] = mapped_column(Text)
    code: Mapped[str] = mapped_column(String(80), default="", server_default="")
    until: Mapped[str] = mapped_column(String(10), default="", server_default="")


class CardVersion(Base):
    """A card as it was when it raised an alert, so that the alert can be re-explained later."""

    __tablename__ = "card"

    digest: Mapped[str] = mapped_column(String(40), primary_key=True)
    detector: Mapped[str] = mapped_column(String(60))
    content: Mapped[dict[str, Any]]


class Assessability(Base):
    """Whether a detector could assess the data of a run: available, partial, or not_assessable, and why."""

    __tablename__ = "assessability"

    run_id: Mapped[str] = mapped_column(ForeignKey("run.run_id", ondelete="CASCADE"), primary_key=True)
    detector: Mapped[str] = mapped_column(String(60), primary_key=True)
    status: Mapped[str] = mapped_column(String(16))
    reason_en: Mapped[str] = mapped_column(Text)
    reason_zh: Mapped[str] = mapped_column(Text)
    rows_judged: Mapped[int] = mapped_column(BigInteger)
    rows_total: Mapped[int] = mapped_column(BigInteger)


class Institution(Base):
    """Providers of the current run's data, as screens show them."""

    __tablename__ = "institution"

    provider_id: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(String(20))
    level: Mapped[str] = mapped_column(String(20))
    district: Mapped[str] = mapped_column(String(10))


class MonthlySpend(Base):
    """Money of the current run's data by month, net of reversals; one row per calendar month."""

    __tablename__ = "monthly_spend"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    settlements: Mapped[int] = mapped_column(BigInteger)
    pool: Mapped[int] = mapped_column(BigInteger)
    account: Mapped[int] = mapped_column(BigInteger)
    mutual_aid: Mapped[int] = mapped_column(BigInteger)


class Reveal(Base):
    """Every time identities were shown unmasked; ``subject``: of a single one, ``until``: where on a screen."""

    __tablename__ = "reveal"

    reveal_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(80))
    reason: Mapped[str] = mapped_column(Text)
    what: Mapped[str] = mapped_column(String(40))
    rows: Mapped[int] = mapped_column(BigInteger)
    subject: Mapped[str | None] = mapped_column(String(80))
    until: Mapped[str | None] = mapped_column(String(32))

    __table_args__ = (Index("reveal_by_actor", "actor", "at"),)


class Export(Base):
    """Every file that was taken away from the screens, or issued: by whom, what, which part of it, how many rows."""

    __tablename__ = "export"

    export_id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    at: Mapped[str] = mapped_column(String(32))
    actor: Mapped[str] = mapped_column(String(80))
    what: Mapped[str] = mapped_column(String(40))
    detail: Mapped[str] = mapped_column(Text)
    file_format: Mapped[str] = mapped_column(String(8))
    rows: Mapped[int] = mapped_column(BigInteger)
