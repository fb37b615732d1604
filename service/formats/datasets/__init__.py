"""The data set as a whole, described in the words of catalogues."""
