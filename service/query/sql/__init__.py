"""Values and partial dates as SQL."""
