"""How long features stay their makers' own: curves, trend, league, forecast."""
