"""Troubles of real exports: number, what was suffered, and the tests that rebuild it from the simulator."""

from __future__ import annotations

from dataclasses import dataclass

_END_TO_END = "tests/end_to_end"
_READ = f"{_END_TO_END}/test_field_cases_reading.py::test_an_export_is_read_like_the_whole_one"
_REFUSED = (
    f"{_END_TO_END}/test_field_cases_reading.py::test_an_export_is_refused_with_the_place_of_the_trouble"
)
_READING = f"{_END_TO_END}/test_field_cases_reading.py"
_BREAKS = f"{_END_TO_END}/field_cases/test_wholesale_breaks.py"
_DAMAGE = f"{_BREAKS}::test_a_damage_of_the_whole_accuses_no_person_and_is_stated"
_NATIONAL = f"{_END_TO_END}/field_cases/test_national_exports.py"
_EXTRACT = f"{_NATIONAL}::test_an_extract_is_read_like_the_sound_extract"
_OTHER = f"{_END_TO_END}/field_cases/test_other_troubles.py"
_DELIVERIES = f"{_END_TO_END}/test_deliveries.py"


@dataclass(frozen=True)
class Trouble:
    """One trouble.

    Attributes:
        number: of the trouble; a letter marks a variant.
        what: what was suffered.
        tests: ids of the tests that hold the right answer, as pytest names them.
    """

    number: str
    what: str
    tests: tuple[str, ...]


TROUBLES = (
    Trouble("03", "a title line above the header", (f"{_READ}[title line]",)),
    Trouble("04", "a tab before ids", (f"{_READ}[tab before ids]", f"{_READ}[blanks of every kind]")),
    Trouble("06", "ids in scientific notation", (f"{_REFUSED}[ids in scientific notation]",)),
    Trouble("08", "dates of a spreadsheet and thousands", (f"{_READ}[slashes]", f"{_READ}[thousands]")),
    Trouble("09", "day numbers for dates", (f"{_READ}[serials]",)),
    Trouble(
        "11",
        "24:00:00 for midnight",
        (f"{_READING}::test_the_end_of_a_day_written_as_24_hours_is_midnight",),
    ),
    Trouble("14", "a stray quote", (f"{_REFUSED}[stray quote]",)),
    Trouble("16", "another separator", (f"{_READ}[semicolons]", f"{_READ}[tabs]", f"{_READ}[bars]")),
    Trouble(
        "17",
        "other containers and names",
        (
            f"{_READ}[gzip of txt]",
            f"{_READ}[workbook]",
            f"{_READ}[workbook named csv]",
            f"{_READ}[upper-case name]",
            f"{_END_TO_END}/test_refused_input.py::test_it_is_refused_in_words_and_leaves_no_trace[a_workbook_renamed]",
        ),
    ),
    Trouble("18", "a line in another encoding", (f"{_REFUSED}[a line in another encoding]",)),
    Trouble("19", "words for nothing", (f"{_READ}[words for nothing]",)),
    Trouble("20", "milliseconds and zones", (f"{_READ}[milliseconds]", f"{_READ}[offsets]")),
    Trouble(
        "21", "a file for each month", (f"{_READ}[file for each month]", f"{_READ}[folder of CSV parts]")
    ),
    Trouble("23", "cells padded to a width", (f"{_READ}[fixed width]",)),
    Trouble(
        "24",
        "refunds with a positive sign",
        (f"{_OTHER}::test_refunds_with_a_positive_sign_take_back_what_they_name",),
    ),
    Trouble(
        "28",
        "a misspelt optional column",
        (f"{_READING}::test_misspelt_columns_are_named_with_what_is_meant",),
    ),
    Trouble(
        "30",
        "a join that matches no row",
        (f"{_READ}[tab before ids]", f"{_DAMAGE}[other people in settlements]"),
    ),
    Trouble("31", "people collapse into some ids", (f"{_REFUSED}[ids in scientific notation]",)),
    Trouble("32", "words for nothing in references to rows", (f"{_READ}[words for nothing]",)),
    Trouble(
        "34",
        "positive refunds added to their originals",
        (f"{_OTHER}::test_refunds_with_a_positive_sign_take_back_what_they_name",),
    ),
    Trouble("35", "misspelt columns of payers and refunds", (f"{_DAMAGE}[misspelt columns]",)),
    Trouble("35b", "no column of payers", (f"{_DAMAGE}[payers not recorded]",)),
    Trouble("36", "a quote that never closes", (f"{_REFUSED}[stray quote]",)),
    Trouble(
        "36b",
        "two stray quotes",
        (f"{_REFUSED}[two stray quotes]", f"{_REFUSED}[two stray quotes in adjacent lines]"),
    ),
    Trouble(
        "39",
        "ids that were issued again",
        (f"{_BREAKS}::test_ids_that_were_issued_again_join_by_the_table_of_aliases",),
    ),
    Trouble(
        "40",
        "a delta taken for the whole",
        (f"{_DELIVERIES}::test_data_that_begin_later_need_their_kind",),
    ),
    Trouble(
        "40b",
        "a delta that loses evidence",
        (f"{_DELIVERIES}::test_an_increment_gives_the_alerts_of_the_whole",),
    ),
    Trouble(
        "42",
        "exports opened in a spreadsheet",
        (f"{_OTHER}::test_exports_open_in_a_spreadsheet_with_whole_ids",),
    ),
    Trouble("48", "a line that makes all text garbled", (f"{_REFUSED}[a line in another encoding]",)),
    Trouble("51", "ids as floating-point numbers", (f"{_REFUSED}[floating-point ids]",)),
    Trouble(
        "60",
        "settlements alone, without names of institutions",
        (f"{_NATIONAL}::test_settlements_alone_are_enough_without_names_of_institutions",),
    ),
    Trouble(
        "61",
        "marked refunds with a positive sign",
        (f"{_EXTRACT}[positive refunds]",),
    ),
    Trouble("61b", "original and refund both marked", (f"{_EXTRACT}[original and refund both marked]",)),
    Trouble("64", "headers in Chinese", (f"{_EXTRACT}[Chinese headers]",)),
    Trouble(
        "67",
        "a ledger in two tables, known to the day",
        (f"{_NATIONAL}::test_a_lawful_ledger_in_two_tables_without_payers_accuses_no_person",),
    ),
    Trouble("68", "milliseconds and zones in an extract", (f"{_EXTRACT}[milliseconds and zones]",)),
    Trouble(
        "73", "amounts in another unit", (f"{_DAMAGE}[settlements in fen]", f"{_DAMAGE}[a ledger in fen]")
    ),
    Trouble(
        "78",
        "consoles of another encoding, folders with Chinese names",
        (f"{_OTHER}::test_a_folder_with_a_chinese_name_is_read_at_any_console",),
    ),
    Trouble(
        "79",
        "scores of a small fund",
        (f"{_OTHER}::test_a_fund_of_few_institutions_has_scores_and_a_reason",),
    ),
    Trouble("81", "agreements not yet renewed", (f"{_DAMAGE}[agreements not renewed]",)),
    Trouble("83", "months without a dash", (f"{_OTHER}::test_months_without_a_dash_are_read",)),
    Trouble("84", "a table without rows", (f"{_DAMAGE}[no authorizations]",)),
    Trouble(
        "87",
        "a form with an offset in a mapping",
        (f"{_OTHER}::test_a_form_with_an_offset_in_a_mapping_is_read",),
    ),
)
