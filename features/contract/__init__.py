"""The data contract: tables, columns and what they mean. Fixed by agreement with those who send data."""

from features.contract.columns import Column, Kind, Table, stem
from features.contract.tables import TABLES

__all__ = ["TABLES", "Column", "Kind", "Table", "stem"]
