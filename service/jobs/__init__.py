"""What each worker does beside its requests: webhooks, imports, pruning; and how it stops."""
