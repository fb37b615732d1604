"""Figures that somebody published, told as they are on record (metrics.md, 14b)."""
