"""Settings of the site: safe on one machine with nothing set, moved to production by the environment alone.

README.md lists each variable. What is wrong with one of them is said by a system check (osce_site/checks.py).
"""

from datetime import timedelta
from pathlib import Path

from django.utils.csp import CSP
from django_prose_editor.config import html_tags
from environs import Env, EnvValidationError
from js_asset import static_lazy

from osce_site.environment import NO_DATABASE, address_parts, known_database, storage_origin, upload_storage
from osce_site.local_site import local_secret_key
from osce_site.site_names import SITE_NAME, SITE_SHORT_NAME  # noqa: F401 - apps name the site by its settings

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"
env = Env(eager=False)  # gives None for what cannot be read, and a check tells all of it at once: UNREADABLE_VARIABLES

# The site and its address. An https address means production: cookies, redirects and HSTS follow from it.
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000").rstrip("/")
IS_PRODUCTION = SITE_URL.startswith("https://")
DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]", address_parts(SITE_URL).hostname or ""])
SECRET_KEY = env.str("SECRET_KEY", "") or ("" if IS_PRODUCTION else local_secret_key(VAR))
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, whose forms it extends
    "osce_site.apps.OsceSiteConfig",
    "osce_site.admin_site.OsceAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",  # its widgets' templates, since FORM_RENDERER looks for ours and for them
    "django_prose_editor",
    "js_asset",
    "mptt",
    "axes",
    "django_tasks_db",
    "record",
    "taxonomy",
    "library",
    "news",
]

MIDDLEWARE = [
    "osce_site.middleware.answer_head_without_body",
    # First what gives every answer its headers, files and errors included.
    "django.middleware.security.SecurityMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "osce_site.middleware.leave_the_language_to_the_address",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "osce_site.middleware.name_the_actor",  # after what knows the user, before whatever writes
    "osce_site.middleware.catch_up_with_changes",
    "axes.middleware.AxesMiddleware",  # last: it turns a locked login into its answer
]

ROOT_URLCONF = "osce_site.urls"
WSGI_APPLICATION = "osce_site.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "osce_site.context_processors.site_frame",
            ],
        },
    },
]

FORM_RENDERER = "django.forms.renderers.TemplatesSetting"  # widgets have templates in templates/ too

# SQLite: an IMMEDIATE transaction takes the one writer's place before it reads; with WAL, readers go on meanwhile.
# An unreadable DATABASE_URL never means another database.
DATABASE_ASKED = env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR / 'site.sqlite3'}") or NO_DATABASE
DATABASES = {"default": known_database(DATABASE_ASKED)}
DATABASE_POOL_SIZE = env.int("DATABASE_POOL_SIZE", 8)  # connections of each process: at least its threads
WEB_CONCURRENCY = env.int("WEB_CONCURRENCY", None)  # processes; read here to be checked, gunicorn reads it by itself
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = DATABASES["default"].get("OPTIONS", {}) | {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,  # seconds
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    # Without the just-in-time compiler: it takes seconds to compile questions that are answered in milliseconds.
    _assumed = {"connect_timeout": 10, "options": "-c jit=off"}  # seconds
    _pool = {"min_size": 1, "max_size": DATABASE_POOL_SIZE, "timeout": 10}  # seconds
    DATABASES["default"]["OPTIONS"] = _assumed | DATABASES["default"].get("OPTIONS", {}) | {"pool": _pool}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": env.dj_cache_url("CACHE_URL", "locmem://")
    or {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Languages: six of the interface and of the taxonomy; news is written in local ones too.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", "English"),
    ("fr", "Français"),
    ("de", "Deutsch"),
    ("it", "Italiano"),
    ("ru", "Русский"),
    ("es", "Español"),
]
LOCAL_LANGUAGES = [
    ("sq", "Shqip"),
    ("hy", "Հայերեն"),
    ("az", "Azərbaycanca"),
    ("be", "Беларуская"),
    ("bs", "Bosanski"),
    ("hr", "Hrvatski"),
    ("et", "Eesti"),
    ("ka", "ქართული"),
    ("kk", "Қазақша"),
    ("ky", "Кыргызча"),
    ("lv", "Latviešu"),
    ("mk", "Македонски"),
    ("mn", "Монгол"),
    ("cnr", "Crnogorski"),
    ("ro", "Română"),
    ("sr", "Srpski"),
    ("tg", "Тоҷикӣ"),
    ("tr", "Türkçe"),
    ("tk", "Türkmençe"),
    ("uk", "Українська"),
    ("uz", "Oʻzbekcha"),
]
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
LOCALE_PATHS = [ROOT / "osce_site" / "locale"]
FORMAT_MODULE_PATH = ["osce_site.formats"]
USE_TZ = True
TIME_ZONE = "Europe/Vienna"  # the Secretariat's: what a date on the site means

# Files
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
# Uploads: a folder of this machine, or a bucket of an S3-compatible storage. Neither answers anybody without the site.
MEDIA_BUCKET = env.str("MEDIA_BUCKET", "")  # its keys: AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
MEDIA_ENDPOINT = env.str("MEDIA_ENDPOINT", "")  # https://s3.example.org; empty: Amazon's
MEDIA_REGION = env.str("MEDIA_REGION", "")
FILES_SERVED_BY = env.str("FILES_SERVED_BY", "application")  # or nginx, or storage: docs/operators.md
STORAGES = {
    "default": upload_storage(MEDIA_BUCKET, endpoint=MEDIA_ENDPOINT, region=MEDIA_REGION),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# Where pictures and players find their files: here, or at the storage that the site leads to.
FILE_SOURCES = [CSP.SELF, *storage_origin(MEDIA_ENDPOINT, served_by=FILES_SERVED_BY)]
MEDIA_ROOT = env.str("MEDIA_ROOT", str(VAR / "media"))
MEDIA_URL = "/media/"
IMPORTS_ROOT = env.str("IMPORTS_ROOT", str(VAR / "imports"))  # files that editors import: never served, gone when done
IMPORT_UPLOAD_MB = env.int("IMPORT_UPLOAD_MB", 20)  # the largest of them, in millions of bytes
# What is made off the request's path (renditions of pictures) waits in the database for `manage.py run_worker`.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
PAGES_IN_MEMORY = 64 * 2**20  # bytes of kept pages in each process
PAGES_FOLDER = VAR / "pages"  # where the processes of a machine keep pages for each other; None: nowhere
PAGES_ON_DISK = 512 * 2**20  # bytes
METRICS_TOKEN = env.str("METRICS_TOKEN", "")  # whoever sends it may read /metrics; empty: nobody
INDEX_FOLDER = VAR / "index"  # where processes keep the index of all lists for the next one; None: nowhere

# The rich text editor's toolbar: paragraph and headings as buttons, since the editor's drop-down list needs a mouse.
DJANGO_PROSE_EDITOR_MENU_GROUPS = [
    {"group": name}
    for name in ("blockType -lists", "lists", "nodes -blockType -lists", "marks", "link", "files", "table", "history")
]

# Its own extension: images and attachments of the library in the midst of a text (taxonomy/rich_text.py).
DJANGO_PROSE_EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("admin_site/embedded.js")],
        "extensions": {"EmbeddedFiles": html_tags(["figure"], {"figure": ["data-image", "data-attachment"]})},
    }
]

# Security. Public pages carry no inline script or style; a nonce is sent only where a page used one (the admin).
SECURE_CSP = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF, CSP.NONCE],
    "style-src": [CSP.SELF],
    "img-src": FILE_SOURCES,
    "media-src": FILE_SOURCES,
    "font-src": [CSP.SELF],
    "connect-src": [CSP.SELF],
    "manifest-src": [CSP.SELF],
    "form-action": [CSP.SELF],
    "base-uri": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    feature: [] for feature in ("camera", "microphone", "geolocation", "payment", "usb", "browsing-topics")
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = IS_PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_PRODUCTION else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_PRODUCTION else 0  # one year
SECURE_HSTS_INCLUDE_SUBDOMAINS = IS_PRODUCTION
SECURE_HSTS_PRELOAD = IS_PRODUCTION
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = True

# Logging in: five failures lock the pair of name and address for a quarter of an hour, never the person everywhere.
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False  # knocking on a locked door doesn't keep it locked
AXES_LOCKOUT_CALLABLE = "osce_site.login.locked"
AXES_CLIENT_IP_CALLABLE = "osce_site.login.throttled_address"
AXES_DISABLE_ACCESS_LOG = True  # who logged in from where is kept only while it locks somebody out
AXES_ENABLE_ADMIN = False  # `manage.py axes_reset_username NAME` lifts a lock
PROXY_COUNT = env.int("PROXY_COUNT", 0)  # proxies in front of the site that add to X-Forwarded-For; 0: don't believe it
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "rules.permissions.ObjectPermissionBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "site@localhost")
# Mail goes to the machine's own mail server; a local site shows it in its terminal. An act waits for its mails, so for
# a server that doesn't answer it waits a few seconds and no longer.
MAILERS = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {"host": "localhost", "timeout": 5},  # seconds
    }
    if IS_PRODUCTION
    else {"BACKEND": "osce_site.terminal_mail.EmailBackend"}
}

# Who makes an attachment readable for whoever cannot read it as it is; empty: nobody is named.
ACCESSIBILITY_EMAIL = env.str("ACCESSIBILITY_EMAIL", "" if IS_PRODUCTION else "accessibility@localhost")

# What machines that read the site are told.
WEBSUB_HUB = env.str("WEBSUB_HUB", "")  # the hub that feeds name; empty: none
SECURITY_CONTACTS: list[str] = env.list("SECURITY_CONTACTS", [])  # mailto: or https: addresses; empty: no security.txt
SECURITY_EXPIRES = env.date("SECURITY_EXPIRES", None)  # the day until which security.txt holds

# What goes wrong is written to the terminal, or wherever the service's log goes; Django's own default is silent there.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "filters": {"one_line": {"()": "osce_site.log.OneLine"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["terminal"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "propagate": True},  # not twice
        "django.request": {"level": "ERROR"},  # a 404 is no news
        "django.security.DisallowedHost": {"filters": ["one_line"]},  # bots ask under any name
    },
}

try:
    env.seal()
    UNREADABLE_VARIABLES: dict[str, list[str]] = {}
except EnvValidationError as error:
    UNREADABLE_VARIABLES = dict(error.error_messages)  # type: ignore[arg-type]  # a sealed Env gives a mapping
