"""Claims become facts: the data contract, intake, dated policy, staged views and features.

The first room of the house. It imports nothing of the other rooms; `models`, `detection` and
`dashboard` follow in that order, and imports only ever point back up that line.
"""
