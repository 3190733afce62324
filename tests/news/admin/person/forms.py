"""What the page of a user sends, and what it answers."""

import re
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse

from news.models import Person


def page(user: User) -> str:
    """Return the address of a user's page."""
    return reverse("admin:auth_user_change", args=[user.pk])


def filled(user: User, **changed: Any) -> dict[str, Any]:
    """Return what a user's page sends, with what is changed; a value of None is left out."""
    person = Person.objects.filter(user=user).first()
    fields = {
        "username": user.username,
        "first_name": user.first_name,
        "last_name": user.last_name,
        "email": user.email,
        "is_active": "on" if user.is_active else None,
        "is_staff": "on" if user.is_staff else None,
        "groups": [group.pk for group in user.groups.all()],
        "user_permissions": [right.pk for right in user.user_permissions.all()],
        "person-TOTAL_FORMS": "1",
        "person-INITIAL_FORMS": "1" if person else "0",
        "person-0-id": person.pk if person else "",
        "person-0-user": user.pk,
        "person-0-institutions": [place.pk for place in person.institutions.all()] if person else [],
        "person-0-time_zone": person.time_zone if person else "Europe/Vienna",
        "person-0-mail": person.mail if person else "at-once",
        "person-0-language": person.language if person else "en",
    } | changed
    return {name: value for name, value in fields.items() if value is not None}


def errors_of(answer: Any) -> str:
    """Return what the page says against what was sent."""
    return " ".join(re.findall(r'class="errorlist"[^>]*>(.*?)</ul>', answer.content.decode(), re.DOTALL))
