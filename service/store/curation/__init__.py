"""Corrections, disputes, merges and retired ids in PostgreSQL."""
