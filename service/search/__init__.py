"""Search in two scripts: folding, pinyin, typos, an index of texts, ranking, highlighting."""
