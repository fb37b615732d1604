"""Keeping an installation well: backups, sealed secrets, what is wrong."""
