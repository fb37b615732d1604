"""Published estimators and similarity measures: they know numbers, and nothing of markets."""
