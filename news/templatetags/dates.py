"""Days and moments in templates."""

import datetime

from django import template
from django.utils import timezone

from taxonomy.dates import day_label, moment_label, vienna_label

register = template.Library()


@register.filter
def day(moment: datetime.datetime) -> str:
    """Write the day in Vienna: 23 November 2026."""
    return day_label(timezone.localdate(moment))


@register.filter
def moment(moment: datetime.datetime) -> str:
    """Write the day and the minute in Vienna: 23 November 2026, 09:00."""
    return moment_label(moment)


@register.filter
def vienna_moment(moment: datetime.datetime) -> str:
    """Write the day and the minute with the place of the clock: 23 November 2026, 09:00 (Vienna)."""
    return vienna_label(moment)
