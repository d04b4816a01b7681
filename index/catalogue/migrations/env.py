"""Decides how Alembic reaches the catalogue: over the connection it is handed, in that transaction."""

from alembic import context

from index.catalogue.tables import metadata

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,
    transactional_ddl=False,
)
context.run_migrations()
