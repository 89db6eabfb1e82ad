"""Words that exports use in two ways: which way this one does, from its own data or as the run was given it."""

from features.readings.pooling import with_pooled_days
from features.readings.read import READINGS, read_as
from features.readings.reading import Reading

__all__ = ["READINGS", "Reading", "read_as", "with_pooled_days"]
