"""Statements as plain text, a file for each noun."""
