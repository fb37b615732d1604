from difflib import get_close_matches
def nearest(word, words):
    return get_close_matches(word, words, n=3, cutoff=0.6)
