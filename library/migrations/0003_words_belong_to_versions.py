"""Title, language, transcript and poster move from an attachment to its versions: public with an edition, as the file."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import OuterRef, Q, Subquery

WORDS = ("title", "language", "transcript", "poster_id")
LANGUAGES = [*settings.LANGUAGES, *settings.LOCAL_LANGUAGES]


def to_versions(apps, schema_editor):
    """Give every version the words that its attachment has now: older ones were not kept."""
    version, attachment = (apps.get_model("library", name) for name in ("AttachmentVersion", "Attachment"))
    own = attachment.objects.using(schema_editor.connection.alias).filter(pk=OuterRef("attachment"))
    versions = version.objects.using(schema_editor.connection.alias)
    versions.update(**{name: Subquery(own.values(name)[:1]) for name in WORDS})


def to_attachments(apps, schema_editor):
    """Give every attachment the words of its newest version."""
    version, attachment = (apps.get_model("library", name) for name in ("AttachmentVersion", "Attachment"))
    alias = schema_editor.connection.alias
    newest = version.objects.using(alias).filter(attachment=OuterRef("pk")).order_by("-number")
    with_one = attachment.objects.using(alias).filter(versions__isnull=False).values("pk")
    attachments = attachment.objects.using(alias).filter(pk__in=list(with_one.values_list("pk", flat=True)))
    attachments.update(**{name: Subquery(newest.values(name)[:1]) for name in WORDS})


def title(**more):
    """Return the field of a title."""
    return models.CharField(max_length=300, verbose_name="title", **more)


class Migration(migrations.Migration):
    dependencies = [
        ("library", "0002_words_to_find_images_by"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="attachment", name="attachment_has_title"),
        migrations.AlterField(model_name="attachment", name="title", field=title(default="")),
        migrations.AddField(model_name="attachmentversion", name="title", field=title(default="")),
        migrations.AddField(
            model_name="attachmentversion",
            name="language",
            field=models.CharField(choices=LANGUAGES, default="en", max_length=10, verbose_name="language"),
        ),
        migrations.AddField(
            model_name="attachmentversion",
            name="poster",
            field=models.ForeignKey(
                blank=True,
                help_text="The picture that stands where a video or a recording will play.",
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="library.image",
                verbose_name="poster",
            ),
        ),
        migrations.AddField(
            model_name="attachmentversion",
            name="transcript",
            field=models.TextField(
                blank=True,
                default="",
                help_text="All that is said, for readers who don’t hear it; videos and recordings need it.",
                verbose_name="transcript",
            ),
        ),
        migrations.RunPython(to_versions, to_attachments),
        migrations.AlterField(model_name="attachmentversion", name="title", field=title()),
        migrations.AddConstraint(
            model_name="attachmentversion",
            constraint=models.CheckConstraint(
                condition=Q(("title", ""), _negated=True), name="attachment_version_has_title"
            ),
        ),
        *(
            migrations.RemoveField(model_name="attachment", name=name)
            for name in ("title", "language", "transcript", "poster")
        ),
    ]
