"""Analyses as sentences, tables and pages."""
