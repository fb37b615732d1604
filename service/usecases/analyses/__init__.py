"""Analyses of stored records and of files: declared, computed, framed."""
