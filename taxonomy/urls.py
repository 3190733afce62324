"""The addresses of countries, institutions, fields of work and own pages."""

from django.urls import path, register_converter

from taxonomy import views


class SlugsConverter:
    """A path of slugs: our-work/projects. Whatever else is asked for is no page, without a look at the database."""

    regex = r"[-a-zA-Z0-9_]+(?:/[-a-zA-Z0-9_]+)*"

    def to_python(self, value: str) -> str:
        """Return the path as it stands."""
        return value

    def to_url(self, value: str) -> str:
        """Return the path as it stands."""
        return value


register_converter(SlugsConverter, "slugs")

urlpatterns = [
    path("countries/", views.countries, name="countries"),
    path("institutions/", views.institutions, name="institutions"),
    path("fields-of-work/", views.topics, name="topics"),
    path("<slugs:path>/", views.page, name="page"),
]
