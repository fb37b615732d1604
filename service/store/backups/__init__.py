"""What is in a database, told in few bytes, and the way out of it and back through pg_dump."""
