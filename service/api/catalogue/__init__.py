"""Lists, records, groups, files and edits of every collection over HTTP."""
