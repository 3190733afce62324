"""Topics: the organisation's fields of work, as a tree."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from taxonomy.models.taxonomy_record import FormerSlug, SluggedRecord
from taxonomy.rich_text import RichTextField
from taxonomy.tree import GuardedTreeManager, TreeNode


class Topic(SluggedRecord, TreeNode):
    """A field of work."""

    name = models.CharField(_("name"), max_length=150)
    description = RichTextField(_("description"))

    objects = GuardedTreeManager()

    class Meta:
        verbose_name = _("field of work")
        verbose_name_plural = _("fields of work")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the address of the topic's page in the active language."""
        return reverse("topic", args=[self.slug])


class TopicFormerSlug(FormerSlug):
    """A slug that a topic once had."""

    record = models.ForeignKey(
        Topic, verbose_name=_("field of work"), related_name="former_slugs", on_delete=models.CASCADE
    )


Topic.former_slug_model = TopicFormerSlug
