"""The fields of taxonomy that exist once for each language of the interface."""

from modeltranslation.translator import TranslationOptions, register

from taxonomy.models import Country, Institution, NavigationItem, Topic


@register(Country)
class CountryTranslation(TranslationOptions):
    """A country's names and description."""

    fields = ("name", "official_name", "description")


@register(Institution)
class InstitutionTranslation(TranslationOptions):
    """An institution's names, city and description."""

    fields = ("name", "acronym", "city", "description")


@register(Topic)
class TopicTranslation(TranslationOptions):
    """A topic's name and description."""

    fields = ("name", "description")


@register(NavigationItem)
class NavigationItemTranslation(TranslationOptions):
    """An entry's label, and the text of an own page."""

    fields = ("label", "introduction", "body")
