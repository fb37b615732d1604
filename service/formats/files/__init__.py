"""Records as files and feeds: CSV, NDJSON, Atom, JSON Feed, iCalendar."""
