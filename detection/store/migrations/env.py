"""Alembic's entry: it is given an open connection, never an address."""

from alembic import context

from detection.store.accounts.tables import UserRow

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=UserRow.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
