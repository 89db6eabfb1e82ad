"""Alerts, the rows behind them, and scores as files for others, with the fields and types of the data contract.

Ids are pseudonyms, unless the caller gives a reason to reveal the real ones; the reason is recorded before they are
read. Every file has a mark: who took it, when, and its number in the record of exports, which has its hash. The same
store and mark give the same bytes.

=======  ==================================  ==========================  ===================================
format   money                               lists                       mark, simulated data
=======  ==================================  ==========================  ===================================
csv      yuan, two decimals                  JSON arrays                 ``<file>.export.txt``, ``.README.txt``
xlsx     numbers in yuan                     one entry a line            sheet ``README``, document properties
parquet  Decimal(18, 2)                      lists of text               ``export``, ``simulated`` of its metadata
json     numbers with two decimals           arrays                      ``export``, ``simulated`` at the top
=======  ==================================  ==========================  ===================================

Beyond the contract's fields, ``record_ids`` names records that are evidence, by table (``account_entries:E0017``).
CSV begins with a byte order mark, so that Excel reads it as UTF-8. Excel still shortens long ids of a CSV file: in
``xlsx`` they are text.
A list that rests on a policy profile names it the same way: in the README, as ``policy_profile`` in metadata and JSON.
The run id of simulated data starts with ``SIM-``, so that every exported alert shows it too.
"""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

from detection.export.files import FORMATS, Sheet, write
from detection.export.headings import headings, legend
from detection.export.mark import refuse_other_marks
from detection.export.recorded import Recorded
from detection.language.messages import Messages
from detection.store.queries import EVERY_ALERT, Filters, open_store
from detection.store.queries.revealed import RevealedReader
from detection.store.queries.sheets import alert_row_sheet, alert_sheet, score_sheet
from features.errors import UsageError
from features.workspace import Workspace
from features.workspace.owned import refuse_owned

LISTS = ("alerts", "evidence", "scores")
"""What can be exported; ``evidence`` is the settlements and records behind the alerts."""

HEADED_FORMATS = ("csv", "xlsx")
"""Formats that people open, and that may have headings in their language."""
_MONEY = ("pool_at_issue", "account_at_issue", "amount_at_issue", "pool", "account")
_DATES = ("period_start", "period_end")


def export(
    workspace: Workspace,
    what: str,
    *,
    kind: str = "person",
    file_format: str,
    out: Path,
    reveal: bool = False,
    reason: str = "",
    actor: str,
    at: str,
    language: str = "en",
    filters: Filters = EVERY_ALERT,
    headed: str = "",
    role: str = "",
    request: int | None = None,
) -> int:
    """Write alerts of the store, the rows behind them, or the scores of the current run to a file.

    Args:
        workspace: whose.
        what: one of `LISTS`.
        kind: whose scores: ``person``, ``provider`` or ``payer_account``.
        file_format: one of `detection.export.files.FORMATS`.
        out: the file; replaced as a whole.
        reveal: write the ids as the source has them.
        reason: why; needed to reveal.
        actor: who exports.
        at: ISO time.
        language: of titles and reasons, ``en`` or ``zh``.
        filters: which alerts; scores are always all.
        headed: language of the headings of CSV and Excel, ``en`` or ``zh``; machine names where it is empty.
        role: as what the actor acts.
        request: number of the request by which a second person approved real ids; None where none is needed.

    Returns:
        Number of rows.

    Raises:
        UsageError: reveal without a reason, an unknown list or format, headings for a format that has machine names
            only, or a file that cannot be written.
        StoreError: no run yet.
    """
    check(what, file_format, out, headed)
    query = {
        "alerts": partial(alert_sheet, language=language, filters=filters),
        "evidence": partial(alert_row_sheet, filters=filters),
        "scores": partial(score_sheet, kind=kind, language=language),
    }[what]
    name = f"export {what} {kind}" if what == "scores" else f"export {what}"
    revealed = RevealedReader(workspace, reason, actor, at, role, request=request) if reveal else None
    with open_store(workspace) as reader:
        run = reader.current_run()
        rows = revealed.read(name, query) if revealed else query(reader)
        profile = reader.manifest.policy.profile
    recorded = Recorded(workspace, actor, role, at)
    mark = recorded.begin(name, detail_of(filters, reveal=reveal), file_format, rows.height)
    sheet = Sheet(what, run.run_id, run.simulated, profile, rows, _MONEY, _DATES, mark=mark)
    named = _with_headings(sheet, headed) if headed else sheet
    content = FORMATS[file_format](named)
    recorded.end(mark, name, content)
    write(named, file_format, content, out)
    return rows.height


def detail_of(filters: Filters, *, reveal: bool) -> str:
    """Which part of a list a file has, for the record."""
    given = {name: value for name, value in asdict(filters).items() if value}
    ids = {"ids": "real"} if reveal else {}
    return "&".join(f"{name}={value}" for name, value in {**given, **ids}.items())


def _with_headings(sheet: Sheet, language: str) -> Sheet:
    """A sheet with headings that people read; a workbook says on a second sheet which column each of them is."""
    headed = headings(sheet.rows.columns, language, what=sheet.what)
    title = Messages(language, "export")(f"list.{sheet.what}")
    mark = sheet.mark.text(language) if sheet.mark else ""
    about = legend(headed, sheet.what, sheet.rows.height, language, mark=mark)
    return replace(sheet, headings=headed, title=title, about=about)


def check(what: str, file_format: str, out: Path, headed: str) -> None:
    """Refuse a file that cannot be written as it is wanted; arguments as of `export`.

    Raises:
        UsageError: an unknown list or format, headings for a format that has machine names only, or a file that cannot
            be written.
    """
    if what not in LISTS:
        raise UsageError(
            "There is no export of {list_name!r}.",
            next_step="export one of: {names}",
            list_name=what,
            names=LISTS,
        )
    if file_format not in FORMATS:
        raise UsageError(
            "There is no format {file_format!r}.",
            next_step="use one of: {names}",
            file_format=file_format,
            names=FORMATS,
        )
    refuse_owned(out)
    if headed and file_format not in HEADED_FORMATS:
        raise UsageError(
            "A file of format {file_format!r} has machine names only.",
            next_step="leave --headings out, or write one of: {names}",
            file_format=file_format,
            names=HEADED_FORMATS,
        )
    if out.is_dir() or not out.parent.is_dir():
        raise UsageError(
            "The file cannot be written there.",
            where=str(out),
            next_step="name a file in a folder that exists",
        )
    refuse_other_marks(out)
