"""Files of records in, as one revision each: at once, as jobs, and back out again."""
