"""Records and lists of every collection: read, embedded, edited, exported."""
