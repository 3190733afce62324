"""The addresses of pictures and files; they are the same in every language."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from library import views


class FileNumber(IntConverter):
    """Matches the number of an image or an attachment, as long as a database can hold it."""

    regex = "[0-9]{1,18}"


register_converter(FileNumber, "file_number")

urlpatterns = [
    path(
        "files/images/<file_number:number>/<slug:crop>-<file_number:width>.<slug:format>",
        views.rendition,
        name="rendition",
    ),
    path("files/attachments/<file_number:number>/transcript/", views.transcript, name="transcript"),
    path("files/attachments/<file_number:number>/<str:name>", views.attachment, name="attachment"),
    path(
        "files/attachments/<file_number:number>/versions/<file_number:version>/<str:name>",
        views.attachment_version,
        name="attachment_version",
    ),
]
