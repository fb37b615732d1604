"""Pure: results to bytes, source files to records."""
