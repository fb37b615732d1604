"""Pictures: of an answer a title that says what is found, and a Vega-Lite specification of it."""
