"""The door through which a web server calls the site."""

import os

from django.core.wsgi import get_wsgi_application

from osce_site.checks import refuse_wrong_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
_django = get_wsgi_application()
refuse_wrong_settings()

# These need the models, which are loaded only now.
from osce_site.page_cache.wrapper import wrapped  # noqa: E402 - see above
from osce_site.probes import Probes  # noqa: E402 - see above

application = Probes(wrapped(_django))
