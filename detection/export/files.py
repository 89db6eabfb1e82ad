"""How an exported list becomes the bytes of a CSV, Excel, Parquet or JSON file, whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import polars as pl

from detection.export.mark import Mark, mark_file, mark_lines, refuse_other_marks
from detection.export.workbook import workbook
from features.figures import plain_yuan
from features.files import write_files
from features.money import to_yuan

_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")
"""With the full-width signs, which a spreadsheet set to Chinese reads as the others."""
_SIMULATED = (
    "These are simulated data: no person, provider or payment in them is real.\n"
    "这是模拟数据：其中的人员、机构和费用均非真实。\n"
)
_INVENTED = (
    "Policy values without a known source were invented for a demonstration: what rests on them is no finding.\n"
    "尚未核实的政策参数系为演示而设，据此得出的结果不作为依据。\n"
)


@dataclass(frozen=True)
class Sheet:
    """A list to be written.

    Attributes:
        what: its name.
        run_id: the run that it comes from.
        simulated: whether its data are simulated.
        profile: the policy profile whose invented values it rests on; None without one.
        rows: money in fen, dates as ISO text.
        money: columns of money, as far as ``rows`` has them.
        dates: columns of dates, likewise.
        headings: what CSV and Excel write above a column; its name where there is none.
        title: what the sheet of a workbook is called; ``what`` where it is empty.
        about: name and rows of a further sheet of a workbook; None without one.
        mark: who takes the file, when, and its number; None for a file that does not leave.
    """

    what: str
    run_id: str
    simulated: bool
    profile: str | None
    rows: pl.DataFrame
    money: tuple[str, ...]
    dates: tuple[str, ...]
    headings: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
    about: tuple[str, Sequence[Sequence[str]]] | None = None
    mark: Mark | None = None

    @property
    def headed(self) -> pl.DataFrame:
        """The rows under their headings."""
        return self.rows.rename({name: self.headings.get(name, name) for name in self.rows.columns})


def write(sheet: Sheet, file_format: str, content: bytes, out: Path) -> None:
    """Write a file, whole or not at all; next to a CSV file its mark, and a notice where one is due.

    Args:
        sheet: what is written.
        file_format: one of `FORMATS`.
        content: of the file, as the format writes the sheet.
        out: the file, replaced when it exists.

    Raises:
        UsageError: another file stands where the mark belongs.
    """
    refuse_other_marks(out)
    notice_path, mark_path = out.with_name(f"{out.name}.README.txt"), mark_file(out)
    companions = {notice_path: _notice(sheet), mark_path: mark_lines(sheet.mark) if sheet.mark else ""}
    due = {path: text.encode() for path, text in companions.items() if text and file_format == "csv"}
    write_files({**due, out: content})
    if notice_path not in due:
        _remove_own(notice_path)
    if mark_path not in due:
        mark_path.unlink(missing_ok=True)


def harmless(cell: str) -> str:
    """A text that no spreadsheet runs as a formula: a leading quote mark before what would start one."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def _notice(sheet: Sheet) -> str:
    """The notice next to a CSV file, which has no room for metadata."""
    return _SIMULATED * sheet.simulated + _INVENTED * (sheet.profile is not None)


def _remove_own(path: Path) -> None:
    """Remove the notice of an earlier export; any other file stays."""
    own = (_SIMULATED, _INVENTED, _SIMULATED + _INVENTED)
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") in own:
        path.unlink()


def _csv(sheet: Sheet) -> bytes:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")  # as RFC 4180; a lone \r in a cell is quoted only then
    writer.writerow([harmless(heading) for heading in sheet.headed.columns])
    writer.writerows(
        [_cell(name, value, sheet) for name, value in row.items()] for row in sheet.rows.iter_rows(named=True)
    )
    return text.getvalue().encode(
        "utf-8-sig"
    )  # without the mark, Excel reads UTF-8 as the code page of its machine


def _xlsx(sheet: Sheet) -> bytes:
    return workbook(
        sheet.title or sheet.what,
        sheet.headed,
        money=[sheet.headings.get(name, name) for name in sheet.money],
        notice=(mark_lines(sheet.mark) if sheet.mark else "") + _notice(sheet),
        about=sheet.about,
        mark=sheet.mark.text("en") if sheet.mark else "",
        author=sheet.mark.actor if sheet.mark else "",
    )


def _cell(name: str, value: Any, sheet: Sheet) -> str:
    if value is None:
        return ""
    if name in sheet.money:
        return plain_yuan(value)
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return harmless(value) if isinstance(value, str) else repr(value)


def _json(sheet: Sheet) -> bytes:
    lines = [
        "  {"
        + ", ".join(f"{json.dumps(name)}: {_literal(name, value, sheet)}" for name, value in row.items())
        + "}"
        for row in sheet.rows.iter_rows(named=True)
    ]
    head = f'{{"run_id": {json.dumps(sheet.run_id)}, "simulated": {json.dumps(sheet.simulated)}, '
    if sheet.profile is not None:
        head += f'"policy_profile": {json.dumps(sheet.profile)}, '
    if sheet.mark is not None:
        head += f'"export": {json.dumps(sheet.mark.fields, ensure_ascii=False)}, '
    body = "[\n" + ",\n".join(lines) + "\n]" if lines else "[]"
    return f"{head}{json.dumps(sheet.what)}: {body}}}\n".encode()


def _literal(name: str, value: Any, sheet: Sheet) -> str:
    """A value as JSON; money as a number with two decimals, which no float has passed through."""
    if name in sheet.money and value is not None:
        return plain_yuan(value)
    return json.dumps(value, ensure_ascii=False)


def _parquet(sheet: Sheet) -> bytes:
    # Polars' own division of whole decimals cuts the fen off; Python's decimals move the point.
    columns: list[pl.Series | pl.Expr] = [
        pl.Series(
            name,
            [None if fen is None else to_yuan(fen) for fen in sheet.rows[name]],
            dtype=pl.Decimal(18, 2),
        )
        for name in sheet.money
        if name in sheet.rows.columns
    ]
    columns += [pl.col(name).str.to_date() for name in sheet.dates if name in sheet.rows.columns]
    metadata = {"simulated": json.dumps(sheet.simulated), "run_id": sheet.run_id}
    if sheet.profile is not None:
        metadata["policy_profile"] = sheet.profile
    if sheet.mark is not None:
        metadata["export"] = json.dumps(sheet.mark.fields, ensure_ascii=False)
    content = io.BytesIO()
    sheet.rows.with_columns(columns).write_parquet(content, metadata=metadata)
    return content.getvalue()


FORMATS: Mapping[str, Callable[[Sheet], bytes]] = {
    "csv": _csv,
    "xlsx": _xlsx,
    "parquet": _parquet,
    "json": _json,
}
"""What writes a sheet in each format, by the format's name."""
