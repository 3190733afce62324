"""What an edition is tagged with: one row for each issuer, country, field of work and related item."""

from django.db import models

from news.models.edition import Edition
from news.models.news_item import NewsItem
from taxonomy.models import Country, Institution, Topic


class EditionInstitution(models.Model):
    """That an edition was issued by an institution."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    institution = models.ForeignKey(Institution, on_delete=models.PROTECT, related_name="+", db_index=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["edition", "institution"], name="edition_institution_once")]
        indexes = [models.Index(fields=["institution", "edition"], name="edition_institution_index")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.institution_id}"


class EditionCountry(models.Model):
    """That an edition is about a country."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    country = models.ForeignKey(Country, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "country"], name="edition_country_once")]
        indexes = [models.Index(fields=["country", "edition"], name="edition_country_index")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.country_id}"


class EditionTopic(models.Model):
    """That an edition is about a field of work."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "topic"], name="edition_topic_once")]
        indexes = [models.Index(fields=["topic", "edition"], name="edition_topic_index")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.topic_id}"


class EditionRelatedItem(models.Model):
    """That an edition points to another item."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+", db_index=False)
    item = models.ForeignKey(NewsItem, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position",)
        constraints = [models.UniqueConstraint(fields=["edition", "item"], name="edition_related_item_once")]

    def __str__(self) -> str:
        return f"{self.edition_id} {self.item_id}"
