"""What starts by itself."""
