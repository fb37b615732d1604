"""Corrections, disputes and merges: what curators decide."""
