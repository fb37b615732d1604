"""Subscriptions, and how their messages are sent."""
