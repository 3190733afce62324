"""The site's settings, made quick for tests; what is deployed stays as it is wherever a test could tell."""

from osce_site.settings import *  # noqa: F403 - it is those settings
from osce_site.settings import DATABASES, STORAGES

# Hashing passwords slowly is for production.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Static files by their own names: the hashed ones exist only after collectstatic.
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True  # finds them without a STATIC_ROOT

# A pool would keep the connections of a test's threads open when the test's database has to go.
DATABASES["default"].get("OPTIONS", {}).pop("pool", None)

INDEX_FOLDER = PAGES_FOLDER = None  # each test has a database of its own

# Nothing is made of pictures unless a test asks for it.
TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
