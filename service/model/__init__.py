"""Pure: the vocabulary: ids, dates of partial precision, records, errors."""
