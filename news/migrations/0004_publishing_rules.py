"""Second eyes, removals, people and their notices."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import news.models.person


class Migration(migrations.Migration):
    dependencies = [
        ("news", "0003_list_index_covers_its_question"),
        ("taxonomy", "0002_reference_records"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="edition",
            options={
                "ordering": ("item", "-number"),
                "permissions": [
                    ("submit_edition", "Can submit an edition"),
                    ("return_edition", "Can return an edition with a remark"),
                    ("approve_edition", "Can approve an edition that others wrote"),
                    ("unschedule_edition", "Can take back an edition before its moment"),
                    ("force_edition", "Can approve without second eyes, with a reason"),
                    ("review_edition", "Can review what was approved without second eyes"),
                    ("remove_item", "Can remove a public item, and undo it"),
                    ("publish_import", "Can import items as published"),
                    ("work_everywhere", "Can work on the items of every institution"),
                ],
                "verbose_name": "edition",
                "verbose_name_plural": "editions",
            },
        ),
        migrations.AddField(
            model_name="edition",
            name="remark",
            field=models.TextField(blank=True, default="", editable=False, verbose_name="remark"),
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("subject", models.CharField(max_length=400, verbose_name="subject")),
                ("text", models.TextField(verbose_name="text")),
                ("written_at", models.DateTimeField(auto_now_add=True, verbose_name="written")),
                ("sent_at", models.DateTimeField(db_index=True, null=True, verbose_name="sent")),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "notice",
                "verbose_name_plural": "notices",
                "ordering": ("pk",),
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "time_zone",
                    models.CharField(
                        default="Europe/Vienna",
                        max_length=60,
                        validators=[news.models.person.check_time_zone],
                        verbose_name="time zone",
                    ),
                ),
                (
                    "mail",
                    models.CharField(
                        choices=[("at-once", "at once"), ("digest", "once a day, all together")],
                        default="at-once",
                        max_length=10,
                        verbose_name="mail",
                    ),
                ),
                (
                    "language",
                    models.CharField(
                        choices=[
                            ("en", "English"),
                            ("fr", "Français"),
                            ("de", "Deutsch"),
                            ("it", "Italiano"),
                            ("ru", "Русский"),
                            ("es", "Español"),
                        ],
                        default="en",
                        max_length=10,
                        verbose_name="language of mails",
                    ),
                ),
                (
                    "institutions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="May touch what these and all below them issue.",
                        related_name="people",
                        to="taxonomy.institution",
                        verbose_name="institutions",
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="person",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="user",
                    ),
                ),
            ],
            options={
                "verbose_name": "person",
                "verbose_name_plural": "people",
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "part",
                    models.CharField(
                        choices=[("wrote", "wrote"), ("submitted", "submitted")], max_length=10, verbose_name="part"
                    ),
                ),
                ("contributed_at", models.DateTimeField(auto_now=True, verbose_name="last time")),
                (
                    "edition",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to="news.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contributions",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="person",
                    ),
                ),
            ],
            options={
                "verbose_name": "contribution",
                "verbose_name_plural": "contributions",
                "constraints": [
                    models.UniqueConstraint(fields=("edition", "person", "part"), name="contribution_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="ForcedApproval",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.TextField(verbose_name="reason")),
                ("forced_at", models.DateTimeField(verbose_name="forced")),
                ("reviewed_at", models.DateTimeField(null=True, verbose_name="reviewed")),
                (
                    "edition",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="forced_approval",
                        to="news.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "forced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="forced by",
                    ),
                ),
                (
                    "reviewed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="reviewed by",
                    ),
                ),
            ],
            options={
                "verbose_name": "forced approval",
                "verbose_name_plural": "forced approvals",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("reviewed_by__isnull", True),
                            ("forced_by__isnull", True),
                            models.Q(("reviewed_by", models.F("forced_by")), _negated=True),
                            _connector="OR",
                        ),
                        name="forced_approval_reviewed_by_someone_else",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="forced_approval_has_a_reason"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("error", "published in error"),
                            ("consolidated", "consolidated"),
                            ("withdrawn", "withdrawn"),
                        ],
                        max_length=12,
                        verbose_name="kind of removal",
                    ),
                ),
                (
                    "explanation",
                    models.TextField(
                        blank=True,
                        default="",
                        help_text="For readers: shown where the text stood.",
                        verbose_name="explanation",
                    ),
                ),
                ("leads_to", models.CharField(blank=True, default="", max_length=200, verbose_name="leads to")),
                ("removed_at", models.DateTimeField(verbose_name="removed")),
                ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="undone")),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="removals",
                        to="news.newsitem",
                        verbose_name="news item",
                    ),
                ),
            ],
            options={
                "verbose_name": "removal",
                "verbose_name_plural": "removals",
                "ordering": ("-removed_at", "-pk"),
                "indexes": [models.Index(fields=["leads_to"], name="removal_leads_to_index")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at__isnull", True)),
                        fields=("item",),
                        name="removal_one_standing_for_an_item",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "consolidated"), _negated=True),
                            models.Q(("leads_to", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="removal_consolidated_leads_somewhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "withdrawn"), _negated=True), ("leads_to", ""), _connector="OR"
                        ),
                        name="removal_withdrawn_leads_nowhere",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("undone_at__isnull", True), ("undone_at__gte", models.F("removed_at")), _connector="OR"
                        ),
                        name="removal_undone_later",
                    ),
                ],
            },
        ),
    ]
