"""The analyses, comparisons and methods over HTTP."""
