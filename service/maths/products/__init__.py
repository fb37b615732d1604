"""Products against features and against each other."""
