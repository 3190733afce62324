"""The addresses of countries, institutions, fields of work and own pages."""

from django.urls import path

from taxonomy import views

urlpatterns = [
    path("countries/", views.countries, name="countries"),
    path("institutions/", views.institutions, name="institutions"),
    path("fields-of-work/", views.topics, name="topics"),
    path("<path:path>/", views.page, name="page"),
]
