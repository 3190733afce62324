"""What is made off the request's path, by the worker of Django's Tasks (`manage.py db_worker`)."""

from django.tasks import task

from library import making
from library.models import Image


@task
def make_renditions_of(number: int) -> None:
    """Make the renditions of an image, unless they are there; one that was deleted meanwhile needs none."""
    image = Image.objects.filter(pk=number).first()
    if image and image.rendered_by != making.recipe_of(image):
        making.make(image)
