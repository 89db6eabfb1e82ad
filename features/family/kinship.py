"""What is recorded of who is related to whom, and whether a stated relation can be.

A relation is what the second person is to the first, in the words of `family_authorizations.relation`.
"""

from __future__ import annotations

from collections.abc import Mapping

import narwhals.stable.v2 as nw

from features.registry import Frame

_INVERSE = {"parent": "child", "child": "parent", "grandparent": "grandchild", "grandchild": "grandparent"}
_SAME = ("spouse", "sibling", "other", "unknown")

INVERSE: Mapping[str, str] = {**_INVERSE, **{relation: relation for relation in _SAME}}
"""What the first person is to the second, by what the second is to the first."""

_BY_WAY_OF: Mapping[str, str] = {
    "spouse child": "child",
    "spouse parent": "parent",
    "spouse grandchild": "grandchild",
    "child child": "grandchild",
    "child parent": "spouse",
    "child spouse": "child",
    "child sibling": "child",
    "parent parent": "grandparent",
    "parent spouse": "parent",
    "parent child": "sibling",
    "sibling sibling": "sibling",
    "sibling parent": "parent",
    "grandchild sibling": "grandchild",
    "grandparent spouse": "grandparent",
}
"""What a relative's relative is, as an honest family would say it: a wife's mother and a son's wife as one's own."""


def recorded_kin(family_authorizations: Frame) -> Frame:
    """Relations that authorizations name, at any time, in both directions.

    Returns:
        person_id, relative_id, relation; each once.
    """
    stated = family_authorizations.select(
        nw.col("payer_id").alias("person_id"), nw.col("beneficiary_id").alias("relative_id"), "relation"
    )
    inverse = stated.select(
        nw.col("relative_id").alias("person_id"),
        nw.col("person_id").alias("relative_id"),
        relation=nw.col("relation").replace_strict(
            list(INVERSE), list(INVERSE.values()), return_dtype=nw.String
        ),
    )
    return nw.concat([stated, inverse]).unique()


def composed(first: str, second: str) -> nw.Expr:
    """What a relative's relative is to a person, by two columns of relations; null where that has no word."""
    way = nw.concat_str(nw.col(first), nw.col(second), separator=" ")
    relation: nw.Expr = nw.lit(None, dtype=nw.String)
    for words, name in _BY_WAY_OF.items():
        relation = nw.when(way == words).then(nw.lit(name)).otherwise(relation)
    return relation
