"""Corrections, disputes and merges over HTTP."""
