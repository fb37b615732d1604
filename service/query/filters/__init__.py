"""One filter language in two spellings: parsed, checked, compiled."""
