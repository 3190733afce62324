"""The admin of taxonomy: countries, and the trees of institutions, fields of work and the navigation."""

from taxonomy.admin.country import CountryAdmin
from taxonomy.admin.trees import InstitutionAdmin, NavigationItemAdmin, TopicAdmin

__all__ = ["CountryAdmin", "InstitutionAdmin", "NavigationItemAdmin", "TopicAdmin"]
