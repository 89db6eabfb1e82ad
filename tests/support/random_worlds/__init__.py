"""Recipes of random worlds: each draws acts of a `support.world.World` with a seed, the same for the same seed."""
