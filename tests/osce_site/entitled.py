"""Who may open which address of the site: the table that test_authorisation.py proves.

What is not in it fails there, until somebody has decided.
"""

ROLES = ("anonymous", "writer", "editor elsewhere", "editor", "administrator")
LOGIN, REFUSED, GONE, WRONG_METHOD = 302, 403, 404, 405  # the last: another method is asked for
EVERYONE = (200,) * 5
STAFF = (LOGIN, 200, 200, 200, 200)
AT_HOME = (LOGIN, 200, REFUSED, 200, 200)  # what the newsroom writes: in one's own institution, or everywhere
EDITORS = (LOGIN, REFUSED, 200, 200, 200)
ADMINISTRATORS = (LOGIN, REFUSED, REFUSED, REFUSED, 200)
REDIRECTS = (302,) * 5
NOT_FOUND = (LOGIN, GONE, GONE, GONE, GONE)  # to who is logged in; a visitor isn't told even that

# What a GET of each route answers to each role. The item of the admin is a draft of the writer's institution.
PUBLIC = dict.fromkeys(
    (
        "",
        "news/",
        "news/<list_file:file>",
        "news/<number:number>/<slug:slug>/",
        "news/<number:number>/<slug:slug>/editions/<number:edition>/",
        "<local_language:language>/news/<number:number>/<slug:slug>/",
        "<local_language:language>/news/<number:number>/<slug:slug>/editions/<number:edition>/",
        "search/",
        "search/suggestions/",
        "opensearch.xml",
        "countries/",
        "countries/<slug:slug>/",
        "countries/<slug:slug>/<list_file:file>",
        "institutions/",
        "institutions/<slug:slug>/",
        "institutions/<slug:slug>/<list_file:file>",
        "fields-of-work/",
        "fields-of-work/<slug:slug>/",
        "fields-of-work/<slug:slug>/<list_file:file>",
        "<slugs:path>/",
        "sitemap.xml",
        "sitemap-pages.xml",
        "sitemap-news-<int:number>.xml",
        "robots.txt",
        "humans.txt",
        ".well-known/security.txt",
        "site.webmanifest",
        "api/v1/",
        "api/v1/openapi.json",
        "api/v1/news/",
        "api/v1/news/<number:number>/",
        "api/v1/news/<number:number>/editions/<number:edition>/",
        "api/v1/countries/",
        "api/v1/countries/<slug:slug>/",
        "api/v1/institutions/",
        "api/v1/institutions/<slug:slug>/",
        "api/v1/topics/",
        "api/v1/topics/<slug:slug>/",
        "api/v1/navigation/",
    ),
    EVERYONE,
) | {
    "favicon.ico": REDIRECTS,
    "files/images/<file_number:number>/<slug:crop>-<file_number:width>.<slug:format>": EVERYONE,  # of a public item
    "files/attachments/<file_number:number>/transcript/": (GONE,) * 5,  # of a document
    "files/attachments/<file_number:number>/<str:name>": EVERYONE,
    "files/attachments/<file_number:number>/versions/<file_number:version>/<str:name>": EVERYONE,
    "files/cards/<number:number>.jpg": REDIRECTS,  # none is drawn
    "sitemap-latest.xml": (GONE,) * 5,  # after two days without news
    "search/<list_file:file>": (301,) * 5,  # without words: to the list of all news
    "countries/choose/": REDIRECTS,
    "api/v1/^": (GONE,) * 5,  # whatever else is asked for below the API
    "news/<number:number>/": (301,) * 5,
    "news/<number:number>/<slug:slug>/editions/compare/": (GONE,) * 5,  # of an item that has one edition
    "<local_language:language>/news/<number:number>/<slug:slug>/editions/compare/": (GONE,) * 5,
}
ATTACHMENTS = {
    "": STAFF,
    "add/": STAFF,
    "choose/": STAFF,
    "shown/": STAFF,
    "upload/": (LOGIN, *(WRONG_METHOD,) * 4),
    "<path:object_id>/history/": STAFF,
    "<path:object_id>/change/": STAFF,
    "<path:object_id>/delete/": EDITORS,
    "<path:object_id>/": REDIRECTS,
}
NOBODY = (LOGIN, *(REFUSED,) * 4)
TASKS = {  # what the worker is to do and has done: for whoever runs the site
    "": NOBODY,
    "add/": NOBODY,
    "<path:object_id>/history/": NOT_FOUND,
    "<path:object_id>/change/": NOBODY,
    "<path:object_id>/delete/": NOBODY,
    "<path:object_id>/": REDIRECTS,
}
AROUND = {
    "admin/": STAFF,
    "admin/your-settings/": STAFF,
    "admin/login/": (200, 302, 302, 302, 302),
    "admin/logout/": (LOGIN, WRONG_METHOD, WRONG_METHOD, WRONG_METHOD, WRONG_METHOD),
    "admin/password_change/": STAFF,
    "admin/password_change/done/": STAFF,
    "admin/autocomplete/": (LOGIN, REFUSED, REFUSED, REFUSED, REFUSED),
    "admin/jsi18n/": STAFF,
    "admin/r/<path:content_type_id>/<path:object_id>/": NOT_FOUND,  # of an item, whose address tells its title
    "admin/^(?P<app_label>django_tasks_database|record|taxonomy|library|news|auth)/$": STAFF,
    "admin/(?P<url>.*)$": NOT_FOUND,
    "admin/news/searchcount/": EDITORS,
    "admin/news/importbatch/": ADMINISTRATORS,
    "admin/news/importbatch/add/": ADMINISTRATORS,
    "admin/news/importbatch/<int:number>/": ADMINISTRATORS,
    "admin/news/importbatch/<int:number>/report.csv": ADMINISTRATORS,
    "admin/news/importbatch/<int:number>/undo/": ADMINISTRATORS,
    "admin/library/image/": STAFF,
    "admin/library/image/upload/": STAFF,
    "admin/library/image/describe/": (LOGIN, 302, 302, 302, 302),  # without images: to the grid
    "admin/library/image/choose/": STAFF,
    "admin/library/image/<path:object_id>/change/": STAFF,
    "admin/library/image/<path:object_id>/history/": STAFF,
    "admin/library/image/<path:object_id>/delete/": EDITORS,
    **{f"admin/library/attachment/{page}": answers for page, answers in ATTACHMENTS.items()},
    **{f"admin/django_tasks_database/dbtaskresult/{page}": answers for page, answers in TASKS.items()},
    "admin/record/act/": ADMINISTRATORS,
    "admin/record/act/<int:number>/": ADMINISTRATORS,
    "admin/auth/user/<id>/password/": ADMINISTRATORS,
}
PAGES_OF_A_MODEL = {
    "": ADMINISTRATORS,
    "add/": ADMINISTRATORS,
    "<path:object_id>/history/": ADMINISTRATORS,
    "<path:object_id>/delete/": ADMINISTRATORS,
    "<path:object_id>/change/": ADMINISTRATORS,
    "<path:object_id>/": REDIRECTS,  # to the page that asks
}
MODELS = (
    "auth/group",
    "auth/user",
    "library/logo",
    "taxonomy/country",
    "taxonomy/institution",
    "taxonomy/navigationitem",
    "taxonomy/topic",
)
TREES = ("taxonomy/institution", "taxonomy/navigationitem", "taxonomy/topic")
NEWSROOM = {
    "": STAFF,
    "add/": STAFF,
    "desk/": STAFF,
    "suggest/": STAFF,
    "<path:object_id>/history/": AT_HOME,
    "<path:object_id>/change/": AT_HOME,
    "<path:object_id>/delete/": (LOGIN, REFUSED, REFUSED, REFUSED, REFUSED),
    "<path:object_id>/": REDIRECTS,
    "<int:number>/preview/": AT_HOME,
    "<int:number>/compare/": AT_HOME,
    "<int:number>/discard/": AT_HOME,
    "<int:number>/force/": ADMINISTRATORS,
    "<int:number>/remove/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),  # a draft cannot be removed: told on its page
    "<int:number>/restore/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
}
# Acts that are posted: a GET leads to the item's page, which asks. What a POST answers to each role:
NEWSROOM_ACTS = {
    "open-edition/": (LOGIN, 302, REFUSED, 302, 302),
    "submit/": (LOGIN, 302, REFUSED, 302, 302),
    "approve/": (LOGIN, REFUSED, REFUSED, 200, 200),
    "return/": (LOGIN, REFUSED, REFUSED, 200, 200),
    "review/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
    "unschedule/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
}
IMPORT_ACTS = {
    "apply/": (LOGIN, REFUSED, REFUSED, REFUSED, REFUSED),  # somebody else's plan
    "drop/": (LOGIN, REFUSED, REFUSED, REFUSED, 302),
}
EXPECTED = (
    PUBLIC
    | AROUND
    | {f"admin/{model}/{page}": answers for model in MODELS for page, answers in PAGES_OF_A_MODEL.items()}
    | {f"admin/{model}/move/": (WRONG_METHOD,) * 5 for model in TREES}
    | {f"admin/news/newsitem/{page}": answers for page, answers in NEWSROOM.items()}
    | {f"admin/news/newsitem/<int:number>/{act}": REDIRECTS for act in NEWSROOM_ACTS}
    | {f"admin/news/importbatch/<int:number>/{act}": REDIRECTS for act in IMPORT_ACTS}
)
POSTED = {f"admin/{model}/move/": (LOGIN, REFUSED, REFUSED, REFUSED, 302) for model in TREES} | {
    f"admin/news/newsitem/<int:number>/{act}": answers for act, answers in NEWSROOM_ACTS.items()
}
POSTED |= {f"admin/news/importbatch/<int:number>/{act}": answers for act, answers in IMPORT_ACTS.items()}
