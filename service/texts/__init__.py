"""Every text that a person reads, in every language: a language is a file of texts."""
