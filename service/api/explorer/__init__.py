"""The explorer: pages for readers, made from the answers of the API."""
