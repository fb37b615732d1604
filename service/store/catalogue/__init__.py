"""Records of any collection in PostgreSQL: lists, groups, facts, coverage."""
