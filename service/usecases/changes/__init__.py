"""Following the base: the feed, the timeline, and who waits for the next revision."""
