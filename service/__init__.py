"""Parity: the AI market knowledge base with an API."""
