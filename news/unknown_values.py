"""A value of an address's parameter that nobody knows: no page stands there, and the answer names both."""

from django.http import Http404


class UnknownValue(Http404):
    """There is no page, because of one value.

    Attributes:
        parameter: whose value it is: "country".
        value: as the address has it: "atlantis".
    """

    def __init__(self, parameter: str, value: str) -> None:
        """Take both."""
        super().__init__()
        self.parameter, self.value = parameter, value
