"""Alembic's entry: it is given an open connection, never an address."""

from alembic import context

from detection.store.schema import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
    transactional_ddl=True,
)
context.run_migrations()
