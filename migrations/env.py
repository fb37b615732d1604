"""Runs the migrations on the connection that `service.store.schema` hands over."""

from alembic import context


def run() -> None:
    context.configure(
        connection=context.config.attributes["connection"], transaction_per_migration=True
    )
    with context.begin_transaction():
        context.run_migrations()


run()
