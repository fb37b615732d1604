"""Whether the service does what openapi.json says: requests that schemathesis makes of it."""
