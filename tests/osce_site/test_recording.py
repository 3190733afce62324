"""Nothing is written past the record: every model is watched, told of by verbs, or exempt for a reason."""

from django.apps import apps

from record.watches import watched_models

# Written by verbs of the newsroom, which record their own acts.
BY_VERBS = {
    "news.Contribution",
    "news.Edition",
    "news.ForcedApproval",
    "news.NewsItem",
    "news.Removal",
}
# Models whose rows are nobody's act, and why.
EXEMPT = {
    "admin.LogEntry": "Django's own log, which the record replaces: nothing writes it",
    "auth.Permission": "made by `migrate` from the models",
    "axes.AccessAttempt": "failed logins, kept only while they lock somebody out",
    "axes.AccessAttemptExpiration": "failed logins, kept only while they lock somebody out",
    "axes.AccessFailureLog": "switched off",
    "axes.AccessLog": "switched off",
    "contenttypes.ContentType": "made by `migrate` from the models",
    "news.Change": "the log from which what is kept in memory follows; written beside each act",
    "news.DiscardedImport": "the number of an item whose discarding is an act",
    "django_tasks_database.DBTaskResult": "work that waits for the worker, such as the renditions of an image",
    "news.EditionAttachment": "rows of an edition, written with it",
    "news.EditionCountry": "rows of an edition, written with it",
    "news.EditionImage": "rows of an edition, written with it",
    "news.EditionInstitution": "rows of an edition, written with it",
    "news.EditionRelatedItem": "rows of an edition, written with it",
    "news.EditionTopic": "rows of an edition, written with it",
    "news.FormerAddress": "where an item once stood, written with it by an import, which its act names",
    "news.ImportBatch": "a run of an import: it keeps itself who and when, and each of its acts names it",
    "news.ImportEntry": "what a run did with a row, beside the act on its item",
    "news.LastImport": "fingerprints of what an import wrote, beside the act on its item",
    "news.Notice": "word of an act that is recorded itself, on its way to a person",
    "news.SearchCount": "how often words were searched for, and nothing of who asked",
    "news.SearchDocument": "made from an edition, and gone with it from lists",
    "news.SearchHead": "made from an edition, and gone with it from lists",
    "news.SpellingKey": "made from the titles and summaries of editions",
    "record.Act": "the record itself",
    "sessions.Session": "who is logged in",
    "taxonomy.ReferenceRecord": "what a load of the data files notes for itself, beside the acts on the records",
}


def test_every_model_is_recorded_or_exempt_for_a_reason():
    """A new model belongs into one of the three."""
    watched = {model._meta.label for model in watched_models()}
    found = {model._meta.label for model in apps.get_models()}
    assert found - watched - BY_VERBS - EXEMPT.keys() == set()
    assert watched & (BY_VERBS | EXEMPT.keys()) == set()
    assert (BY_VERBS | EXEMPT.keys()) - found == set()
