"""The addresses of pictures and files; they are the same in every language."""

from django.urls import path

from library import views

urlpatterns = [
    path("files/images/<int:number>/<slug:crop>-<int:width>.<slug:format>", views.rendition, name="rendition"),
    path("files/attachments/<int:number>/<str:name>", views.attachment, name="attachment"),
    path(
        "files/attachments/<int:number>/versions/<int:version>/<str:name>",
        views.attachment_version,
        name="attachment_version",
    ),
]
