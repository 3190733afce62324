"""A field that names an image by its number; with a script one chooses it by its thumbnail."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from library.admin.image_list import thumbnail
from library.models import Image

NUMBER = re.compile(r"^(\d{1,18})$|\[(\d{1,18})\]$")


class ImageInput(forms.TextInput):
    """The number of an image, or its name with the number behind it as a list offers them."""

    template_name = "admin/library/image_input.html"

    class Media:
        css = {"all": ["library/library.css"]}
        js = ("library/choose.js",)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the image that is named, and where others are found."""
        context = super().get_context(name, value, attrs)
        match = NUMBER.search(str(value or "").strip())
        image = Image.objects.filter(pk=int(next(filter(None, match.groups())))).first() if match else None
        context["widget"] |= {
            "thumbnail": thumbnail(image) if image else "",
            "image": image,
            "choose_address": reverse("admin:library_image_choose"),
        }
        return context


class ImageField(forms.Field):
    """One image of the library."""

    widget = ImageInput
    default_error_messages = {"unknown": _("“%(text)s” is no image. Choose one, or write its number.")}

    def prepare_value(self, value: Any) -> Any:
        """Show the number."""
        return value.pk if isinstance(value, Image) else value

    def clean(self, value: Any) -> Image | None:
        """Return the image.

        Raises:
            ValidationError: none is named, or there is no such image.
        """
        self.validate(value)
        match = NUMBER.search(str(value).strip())
        image = Image.objects.filter(pk=int(next(filter(None, match.groups())))).first() if match else None
        if image is None:
            raise ValidationError(self.error_messages["unknown"], code="unknown", params={"text": value})
        return image
