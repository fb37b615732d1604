"""The feed, histories, revisions and their reversal in PostgreSQL."""
