"""Load, compute, return: one named thing each."""
