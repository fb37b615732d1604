"""Pure: arrays in, numbers out."""
