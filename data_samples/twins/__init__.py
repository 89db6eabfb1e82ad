"""Innocent twins of the planted scenes: every module here with a `plant(city, rng, instances)` is run last.

The methods of `city` are described in `data_samples.scenes`.
"""
