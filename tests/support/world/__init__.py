"""Small worlds for tests: one builder of the contract's tables.

By acts, of which each names what matters::

    world = World()
    world.person("ann", birth_date="1950-03-01").enrolled(employer="mill")
    world.provider("p1", provider_kind="clinic").status("suspended", "2024-03-01", "2024-03-31")
    world.settlement("ann", "p1", "2024-03-01 10:00", account_paid="88.00").reversed("2024-03-01 10:20")
    world.authorization("ann", "bo", relation="parent")
    tables = world.tables()

Or as the cases of cards do, in text tables::

    tables = World.from_rows(
        settlements='''
          settlement | person | provider | settled_at       | mutual_aid_paid | mutual_aid_payer
          s1         | bo     | p1       | 2024-03-01 10:00 | 88.00           | ann
        ''',
    ).tables()

Column names are the contract's; ``_id`` may be left off. Text is read as a cell of a case: money in yuan, local
times, an empty text is null. Other values are as they are stored: money in fen. Columns that are left out take a
plain default. Random worlds are built on this in `support.random_worlds`.
"""

from support.world.builder import World
from support.world.frames import without
from support.world.subjects import Person, Provider, Settlement

__all__ = ["Person", "Provider", "Settlement", "World", "without"]
