"""Codes of the national platform, each in the forms that its extracts have."""

from __future__ import annotations

PSN_TYPES = {
    "active": ["11", "1101", "110101"],
    "flexible": ["1103", "110301", "1101"],
    "retired": ["12", "1201", "120101"],
    "resident": ["15", "1403", "150101"],
}
"""Codes of a category in three lengths; the last of the flexible ones needs flxempe_flag."""
MED_TYPES = {
    "outpatient": ["11", "1101", "110101"],
    "emergency": ["13", "1301", "130101"],
    "chronic_outpatient": ["140104", "140104", "140104"],
    "special_outpatient": ["1402", "140201", "140101"],
    "inpatient": ["21", "2101", "210101"],
    "pharmacy": ["41", "4101", "410101"],
}
INSUTYPES = {"employee": ["310"] * 3, "resident": ["390", "391", "390"]}
GRADES = {
    "tertiary": ["02", "2", "03"],
    "secondary": ["05", "6", "5"],
    "primary": ["08", "8", "10"],
    "ungraded": ["11", "11", "11"],
}
LIST_TYPES = {
    "drug": ["101", "101", "103"],
    "tcm": ["102", "106", "102"],
    "service": ["201"] * 3,
    "consumable": ["301"] * 3,
}
CLASSES = {"A": ["01", "1", "01"], "B": ["02", "2", "02"], "C": ["03", "3", "03"]}
CREDENTIALS = {"e_credential": ["01", "1", "01"], "id_card": ["02"] * 3, "social_card": ["03", "3", "03"]}
STATUS = {"active": "1", "suspended": "2", "terminated": "4"}
