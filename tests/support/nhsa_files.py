"""A small extract of the national platform, written as text tables, that each test changes where it matters."""

from __future__ import annotations

from pathlib import Path

from support.exports import Export, Ingested

from features.intake import create_snapshot
from features.intake.manifest import Decision, PresetRecord

SOUND = {
    "PSN_INFO_B": """
        psn_no | gend | brdy
        001    | 2    | 1950-06-01
        002    | 1    | 19750601
    """,
    "PSN_INSU_D": """
        psn_no | insutype | psn_type | psn_insu_stas | poolarea_no | psn_insu_date
        001    | 310      | 12       | 1             | 320699      | 2020-01-01
        002    | 310      | 1101     | 1             | 320600      | 2020-01-01
    """,
    "FIXMEDINS_B": """
        fixmedins_code | fixmedins_name | fixmedins_type | hosp_lv | grst_hosp_flag
        P32060200001   | 健民药店       | 2              | 11      | 0
        H32068100002   | 某卫生院       | 1              | 09      | 1
    """,
    "SETL_D": """
        setl_id|psn_no|fixmedins_code|setl_time|insutype|psn_type|med_type|medfee_sumamt|hifp_pay|acct_pay|psn_cash_pay
        s1 | 001 | P32060200001 | 2024-03-01 10:00:00 | 310 | 12 | 41 | 100.00 | 60.00 | 40.00 | 0
        s2 | 002 | H32068100002 | 2024-03-02 11:30:00 | 310 | 11 | 11 | 55.50  | 0     | 50.00 | 5.50
    """,
}


class Extract(Export):
    """A folder with an extract in the platform's names, and a workspace next to it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        for path in self.data.iterdir():
            path.unlink()
        for table, text_table in SOUND.items():
            self.write_table(table, text_table)

    def read(self, own: str | None = None, **options: str) -> Ingested:
        """Read it with the preset, overridden by a fund's own mapping, and options."""
        mapping = None if own is None else self.mapping(own)
        return Ingested(
            create_snapshot(self.data, self.workspace, mapping=mapping, preset="nhsa", options=options)
        )

    def column(self, table: str, **cells: list[str]) -> None:
        """Write columns of a table, one value for each row."""
        for name, values in cells.items():
            for row, value in enumerate(values, 1):
                self.change(table, row, **{name: value})


def preset(ingested: Ingested) -> PresetRecord:
    """What the preset determined."""
    assert ingested.manifest.preset is not None
    return ingested.manifest.preset


def decisions(ingested: Ingested) -> dict[str, Decision]:
    """Decisions of the preset, by option."""
    return {decision.option: decision for decision in preset(ingested).decisions}
