"""From claims to features: the contract, intake, policy, views and features.

The order of work is contract, then intake (CSV files become accepted tables), then views and features.
This package imports no other package of the project. `models`, `detection` and `dashboard` follow in this order, and
imports only go towards the earlier ones.
"""
