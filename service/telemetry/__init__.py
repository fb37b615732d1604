"""What is seen of the service from outside: logs, metrics, traces. It knows no noun of the base."""
