"""The feed of changes, histories, differences, revisions and the timeline over HTTP."""
