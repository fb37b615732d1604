"""The Model Context Protocol: what assistants ask the same service."""
