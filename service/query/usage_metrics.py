"""How usage is measured: the unit of each metric."""

UNITS = {
    "daily_active_users": "people",
    "weekly_active_users": "people",
    "monthly_active_users": "people",
    "registered_users": "people",
    "paying_users": "people",
    "users_with_access": "people",
    "downloads": "downloads",
    "visits": "visits",
    "messages_per_day": "messages",
    "sessions_per_user_per_day": "sessions",
    "sessions_per_user_per_week": "sessions",
    "sessions_per_user_per_month": "sessions",
    "minutes_per_visit": "minutes",
    "minutes_per_user_per_day": "minutes",
    "minutes_per_user_per_week": "minutes",
    "minutes_per_user_per_month": "minutes",
    "days_active_per_user_per_month": "days",
    "retention_1d_percent": "percent",
    "retention_7d_percent": "percent",
    "retention_30d_percent": "percent",
}
EVERY_UNIT = tuple(dict.fromkeys(UNITS.values()))


def unit_of(column: str) -> str:
    """SQL of the unit of a metric; null of one that is not declared here."""
    cases = (f"WHEN '{metric}' THEN '{unit}'" for metric, unit in UNITS.items())
    return f"CASE {column} {' '.join(cases)} END"
