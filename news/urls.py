"""The addresses of the newsroom, and of the pages that list its news."""

from django.urls import path

from news import views

urlpatterns = [
    path("", views.home, name="home"),
    path("news/", views.news_list, name="news_list"),
    path("news/<int:number>/<slug:slug>/", views.news_item, name="news_item"),
    path("news/<int:number>/<slug:slug>/editions/<int:edition>/", views.edition, name="edition"),
    path("countries/<slug:slug>/", views.country, name="country"),
    path("institutions/<slug:slug>/", views.institution, name="institution"),
    path("fields-of-work/<slug:slug>/", views.topic, name="topic"),
]

# News in a local language, which the interface does not speak: /sq/news/12/title/, in an English frame.
local_urlpatterns = [
    path("<str:language>/news/<int:number>/<slug:slug>/", views.news_item, name="local_news_item"),
    path("<str:language>/news/<int:number>/<slug:slug>/editions/<int:edition>/", views.edition, name="local_edition"),
]
