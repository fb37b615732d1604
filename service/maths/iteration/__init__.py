"""How often products come out anew."""
