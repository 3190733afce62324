"""A small taxonomy to cast sample stories from."""

from taxonomy.models import Institution
from tests import builders


def make_structure() -> None:
    """Make what stands in for the reference data: an institution of each sort, some with a host country."""
    albania = builders.country("Albania", iso_code="AL")
    builders.country("Italy", iso_code="IT")
    builders.institution("Presence in Albania", kind=Institution.Kind.FIELD_OPERATION, host_country=albania)
    builders.institution(
        "Mission to Estonia", kind=Institution.Kind.FIELD_OPERATION, opened_on="1993-02", closed_on="2001-12-31"
    )
    for name in ("Conflict Prevention Centre", "Secretary General", "Representative on Freedom of the Media"):
        builders.institution(name)
    builders.topic("Border management")
    builders.topic("Arms control")
