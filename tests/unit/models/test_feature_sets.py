"""The lists of features that the models use stay true to what is registered."""

from features.registry import all_features
from models.feature_sets import FEATURE_SETS


def test_every_registered_feature_is_used_or_has_a_reason_not_to_be() -> None:
    """A feature is in the list of its entity, or says in `not_used` why it is not."""
    unclear = [
        name
        for name, feature in all_features().items()
        if (name in FEATURE_SETS[feature.entity]) == bool(feature.not_used)
    ]
    assert unclear == []


def test_no_list_names_what_is_not_registered() -> None:
    for entity, names in FEATURE_SETS.items():
        assert list(names) == sorted(names)
        assert set(names) <= set(all_features(entity))
