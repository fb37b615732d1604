"""The servers of PostgreSQL: the primary, its replicas, and sessions with them."""
