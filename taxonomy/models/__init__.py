"""What things are about: countries, institutions, fields of work, and the navigation that leads to them."""

from taxonomy.models.country import Chairpersonship, Country, CountryFormerName, CountryFormerSlug, Membership
from taxonomy.models.institution import Institution, InstitutionFormerName, InstitutionFormerSlug
from taxonomy.models.navigation_item import FormerPath, NavigationItem
from taxonomy.models.reference_record import ReferenceRecord
from taxonomy.models.topic import Topic, TopicFormerSlug

__all__ = [
    "Chairpersonship",
    "Country",
    "CountryFormerName",
    "CountryFormerSlug",
    "FormerPath",
    "Institution",
    "InstitutionFormerName",
    "InstitutionFormerSlug",
    "Membership",
    "NavigationItem",
    "ReferenceRecord",
    "Topic",
    "TopicFormerSlug",
]
