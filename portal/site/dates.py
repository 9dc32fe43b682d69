"""Demonstration content lives around today: its files tell days before and after it."""

from datetime import datetime, time, timedelta

from django.utils import timezone


def day_ahead(days):
    return timezone.localdate() + timedelta(days=days)


def weekday_ahead(days):
    """A day to begin work: the first weekday from then on."""
    day = day_ahead(days)
    return day + timedelta(days={5: 2, 6: 1}.get(day.weekday(), 0))


def moment_ago(days, *, hour=9, minute=0):
    """An office hour so many days ago, never later than now."""
    wanted = datetime.combine(day_ahead(-days), time(hour, minute), tzinfo=timezone.get_current_timezone())
    return min(wanted, timezone.now() - timedelta(minutes=5))
