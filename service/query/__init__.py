"""Pure: the registry of collections and fields, compiled to SQL text."""
