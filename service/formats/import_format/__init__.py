"""The import format: its lines, its CSV, the bodies of single writes."""
