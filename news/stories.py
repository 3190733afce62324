"""The question that every list of stories begins with."""

from django.utils import timezone
from django.utils.translation import get_language

from news.models import Edition
from news.models.edition_queryset import EditionQuerySet


def stories() -> EditionQuerySet:
    """Ask for what lists show now, in the language of the address: one row for each story."""
    now = timezone.now()
    return Edition.objects.listed(at=now).one_for_each_story(get_language() or "en", at=now)
