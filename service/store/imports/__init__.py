"""Imports in PostgreSQL: staged by COPY, checked and applied set-wise."""
