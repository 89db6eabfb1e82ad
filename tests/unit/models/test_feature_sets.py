"""The lists of features that the models use stay true to what is registered."""

from features.registry import all_features
from models.feature_sets import FEATURE_SETS, NOT_USED


def test_every_registered_feature_is_used_or_has_a_reason_not_to_be() -> None:
    """Whoever adds a feature decides: a name in a list, or a reason in NOT_USED."""
    decided = {entity: set(names) for entity, names in FEATURE_SETS.items()}
    for name, one in all_features().items():
        assert (name in decided[one.entity]) != (name in NOT_USED), f"decide about {one.entity}: {name}"


def test_no_list_names_what_is_not_registered() -> None:
    for entity, names in FEATURE_SETS.items():
        assert list(names) == sorted(names)
        assert set(names) <= set(all_features(entity))
    assert set(NOT_USED) <= set(all_features())
