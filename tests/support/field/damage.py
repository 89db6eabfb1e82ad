"""What happened to exports in the field, one function each: it changes the files of a folder."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import polars as pl
import xlsxwriter
from support.field.mini import read

Damage = Callable[[Path], object]


def text_of(folder: Path, table: str) -> str:
    return (folder / f"{table}.csv").read_text(encoding="utf-8")


def write_text(folder: Path, table: str, text: str, encoding: str = "utf-8") -> None:
    (folder / f"{table}.csv").write_bytes(text.encode(encoding))


def put(folder: Path, table: str, frame: pl.DataFrame, separator: str = ",") -> None:
    frame.write_csv(folder / f"{table}.csv", separator=separator)


def cells(table: str, **changed: pl.Expr) -> Damage:
    """Change columns of a table by expressions."""

    def change(folder: Path) -> None:
        put(folder, table, read(folder, table).with_columns(**changed))

    return change


def some(column: str, changed: pl.Expr, *, every: int) -> pl.Expr:
    """A column of which every n-th filled cell is changed."""
    return pl.when(pl.int_range(pl.len()) % every == 0).then(changed).otherwise(pl.col(column))


def separated(separator: str) -> Damage:
    return lambda folder: put(folder, "settlements", read(folder, "settlements"), separator)


def title(folder: Path) -> None:
    width = read(folder, "settlements").width
    write_text(
        folder,
        "settlements",
        "2024年上半年结算明细" + "," * (width - 1) + "\n" + text_of(folder, "settlements"),
    )


def stray_quote(folder: Path) -> None:
    """A quote mark opens a cell of the 31st line and never closes."""
    lines = text_of(folder, "settlements").split("\n")
    lines[30] = '"' + lines[30]
    write_text(folder, "settlements", "\n".join(lines))


def two_stray_quotes(first: int, second: int) -> Damage:
    """A quote opens the person of one line and closes behind that of another: what lies between is one cell."""

    def change(folder: Path) -> None:
        lines = text_of(folder, "settlements").split("\n")
        place = lines[0].split(",").index("person_id")
        for line, left, right in ((first, '"', ""), (second, "", '"')):
            row = lines[line - 1].split(",")
            row[place] = left + row[place] + right
            lines[line - 1] = ",".join(row)
        write_text(folder, "settlements", "\n".join(lines))

    return change


def damaged_line(folder: Path) -> None:
    """A line of a UTF-8 file is GB18030."""
    lines = text_of(folder, "providers").split("\n")
    data = [line.encode("gbk" if number == 5 else "utf-8") for number, line in enumerate(lines, 1)]
    (folder / "providers.csv").write_bytes(b"\n".join(data))


def misspelt(folder: Path) -> None:
    names = {"mutual_aid_payer_id": "mutual_aid_payerid", "reverses_settlement_id": "reverse_settlement_id"}
    put(folder, "settlements", read(folder, "settlements").rename(names))


def packed(kind: str) -> Damage:
    """The settlements compressed, in an archive, or under another name."""

    def change(folder: Path) -> None:
        path = folder / "settlements.csv"
        data = path.read_bytes()
        path.unlink()
        match kind:
            case "csv.gz" | "txt.gz":
                (folder / f"settlements.{kind}").write_bytes(gzip.compress(data))
            case "gz named csv":
                (folder / "settlements.csv").write_bytes(gzip.compress(data))
            case "upper case":
                (folder / "SETTLEMENTS.CSV").write_bytes(data)
            case "zip":
                zipped(folder / "settlements.zip", {"export/claims.csv": data})
            case "zip of all":
                zipped(folder / "export.zip", {"Settlements.csv": data, "notes.txt": b"a\n1\n"})
            case "txt":
                (folder / "settlements.txt").write_bytes(data)

    return change


def zipped(path: Path, files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)


def by_month(pattern: str) -> Damage:
    """One file for each month; ``{month}`` in the pattern is ``2024-01``."""

    def change(folder: Path) -> None:
        table = read(folder, "settlements")
        (folder / "settlements.csv").unlink()
        for (month,), part in table.group_by(pl.col("settled_at").str.slice(0, 7), maintain_order=True):
            path = folder / pattern.format(month=month)
            path.parent.mkdir(exist_ok=True)
            part.write_csv(path)

    return change


def as_workbook(
    sheet: str, *more: str, ids_as_numbers: bool = False, name: str = "settlements.xlsx"
) -> Damage:
    """The settlements as a workbook with these sheets, of which the first has them."""

    def change(folder: Path) -> None:
        table = read(folder, "settlements")
        (folder / "settlements.csv").unlink()
        (folder / name).write_bytes(workbook(table, sheet, *more, ids_as_numbers=ids_as_numbers))

    return change


def workbook(table: pl.DataFrame, sheet: str, *more: str, ids_as_numbers: bool = False) -> bytes:
    """A workbook with amounts as numbers, times as Excel's dates, and everything else as text."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(
        target, {"default_date_format": "yyyy-mm-dd hh:mm:ss", "strings_to_numbers": False}
    )
    page = book.add_worksheet(sheet)
    page.write_row(0, 0, table.columns)
    money = {name for name in table.columns if name.endswith(("_paid", "_amount"))}
    times = table["settled_at"].str.to_datetime("%Y-%m-%d %H:%M:%S")
    for number, row in enumerate(table.rows(named=True), 1):
        for place, (column, cell) in enumerate(row.items()):
            if column == "settled_at":
                page.write_datetime(number, place, times[number - 1])
            elif cell and (column in money or (ids_as_numbers and column == "person_id")):
                page.write_number(number, place, float(cell) if column in money else 3.2e17 + number * 1000)
            elif cell:
                page.write_string(number, place, cell)
    for other in more:
        book.add_worksheet(other).write_row(0, 0, ["note"])
    book.close()
    return target.getvalue()


def scientific(name: str) -> pl.Expr:
    """An id of digits as Excel shows it, with two digits of it."""
    return pl.format("3.2{}E+17", pl.col(name).str.slice(-1).str.replace(r"[^0-9]", "0"))


def quoted_nulls(folder: Path) -> None:
    """Empty cells of every column carry one of the words that databases write for nothing."""
    words = ["NULL", r"\N", "None", "nan", "#N/A", "无", "-", "　", "\u00a0"]
    table = read(folder, "settlements")
    turn = pl.int_range(pl.len()) % len(words)
    word = pl.coalesce(pl.when(turn == number).then(pl.lit(word)) for number, word in enumerate(words))
    put(
        folder,
        "settlements",
        table.with_columns(
            pl.when(pl.col(name) == "").then(word).otherwise(pl.col(name)).alias(name)
            for name in table.columns
        ),
    )


def padded(folder: Path) -> None:
    """Fixed-width cells, with a tab before the ids."""
    table = read(folder, "settlements")
    cells_ = [pl.format("{}   ", pl.col(name)).alias(name) for name in table.columns]
    put(
        folder, "settlements", table.with_columns(cells_).with_columns(pl.format("\t{}", pl.col("person_id")))
    )


def float_ids(folder: Path) -> None:
    """Ids as floating-point numbers of eighteen digits, in Parquet."""
    table = read(folder, "settlements").with_columns(person_id=320600000000000000.0 + pl.int_range(pl.len()))
    (folder / "settlements.csv").unlink()
    table.write_parquet(folder / "settlements.parquet")


def written(column: str, form: str) -> Damage:
    """The times or days of a column of the settlements in another form."""
    return cells("settlements", **{column: time_of(column).dt.strftime(form)})


def time_of(column: str) -> pl.Expr:
    text = pl.col(column)
    return pl.coalesce(
        text.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False),
        text.str.to_datetime("%Y-%m-%d", strict=False),
    )


def serials(column: str) -> Damage:
    """Day numbers of Excel, with a fraction for the time."""
    days = (time_of(column) - pl.datetime(1899, 12, 30)).dt.total_seconds() / 86_400
    return cells("settlements", **{column: days.cast(pl.String)})


def short_days(column: str) -> Damage:
    """Days and times without leading zeros: ``2024/1/5 9:03:07``."""
    time = time_of(column)
    parts = (time.dt.year(), time.dt.month(), time.dt.day(), time.dt.hour())
    clock = (time.dt.strftime("%M"), time.dt.strftime("%S"))
    form = pl.format("{}/{}/{} {}:{}:{}", *parts, *clock)
    return cells("settlements", **{column: form})


def midnight(folder: Path) -> None:
    """Every twentieth settlement at midnight, written as 24:00:00 of the day before."""
    table = read(folder, "settlements")
    day = time_of("settled_at").dt.offset_by("-1d").dt.strftime("%Y-%m-%d 24:00:00")
    put(folder, "settlements", table.with_columns(settled_at=some("settled_at", day, every=20)))


def thousands(column: str) -> Damage:
    """Amounts with separators and four decimals, as spreadsheets and databases write them."""
    amount = pl.col(column).str.replace(r"^(-?[0-9]{1,3})([0-9]{3})\.", "${1},${2}.") + "00"
    return cells("settlements", **{column: amount})
