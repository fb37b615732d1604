"""How alike things are: market, feature, product, pair, portfolio, business models."""
