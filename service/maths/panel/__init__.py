"""The facts of one revision, resolved to days: what every metric reads."""
