"""Exclude rows that the source marks as invalid (``exclude`` in a mapping)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from features.intake.mapping.model import Exclusion
from features.intake.values.cells import as_text


def excluding_rule(rules: Sequence[Exclusion], types: Mapping[str, pl.DataType]) -> pl.Expr:
    """The first rule that excludes a row, as text such as ``vali_flag = 0``; null if none does."""
    rule_text = pl.lit(None, dtype=pl.String)
    for rule in reversed(rules):
        if all(name in types for name in rule.reads()):
            hit, text = _hit(rule, types)
            rule_text = pl.when(hit).then(pl.lit(text)).otherwise(rule_text)
    return rule_text


def without_excluded(
    batch: pl.DataFrame, rules: Sequence[Exclusion], types: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """The rows of a batch that no rule excludes."""
    if not any(all(name in types for name in rule.reads()) for rule in rules):
        return batch  # a constant expression cannot filter a batch
    return batch.filter(excluding_rule(rules, types).is_null())


def _hit(rule: Exclusion, types: Mapping[str, pl.DataType]) -> tuple[pl.Expr, str]:
    cell = as_text(pl.col(rule.column), types[rule.column])
    if rule.other_than:
        stated = cell.str.strip_chars() != ""
        return stated & ~cell.is_in(rule.other_than), f"{rule.column} is not {' or '.join(rule.other_than)}"
    if rule.differs_from is None:
        return cell.is_in(rule.values), f"{rule.column} = {' or '.join(rule.values)}"
    other = as_text(pl.col(rule.differs_from), types[rule.differs_from])
    return cell != other, f"{rule.column} is not {rule.differs_from}"
