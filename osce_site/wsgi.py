"""The door through which a web server calls the site."""

import os

from django.core.wsgi import get_wsgi_application

from osce_site.checks import refuse_wrong_settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "osce_site.settings")
application = get_wsgi_application()
refuse_wrong_settings()
