"""A small archive in six languages and three local ones, for questions whose first answer is known.

Each text has a name; of two that a query finds equally, the later date comes first.
"""

import datetime

from tests import builders

UTC = datetime.UTC


def day(year: int, month: int = 6) -> datetime.datetime:
    """Return a morning."""
    return datetime.datetime(year, month, 15, 9, tzinfo=UTC)


# name: language, title, summary, body, date of issue
TEXTS = {
    "elections": (
        "en",
        "Observers arrive ahead of the elections in Moldova",
        "Forty observers follow the campaign.",
        "<p>They will visit polling stations in every district.</p>",
        day(2024),
    ),
    "older elections": (
        "en",
        "Elections observed in Armenia",
        "The vote was calm.",
        "<p>Observers spoke with voters.</p>",
        day(2018),
    ),
    "borders": (
        "en",
        "Border guards train together on a shared river",
        "Crews patrolled in mixed boats.",
        "<p>The customs officers of four States took part, and rules of the road were agreed.</p>",
        day(2023),
    ),
    "customs": (
        "en",
        "Customs officers learn to read papers of protected timber",
        "Officers of six border posts checked permits.",
        "<p>Forged permits were found. A common patrol follows in autumn.</p>",
        day(2025),
    ),
    "law": (
        "en",
        "Judges discuss the rule of law",
        "Courts and co-operation.",
        "<p>The law of the sea was no subject.</p>",
        day(2019),
    ),
    "co-operation": (
        "en",
        "Security co-operation in practice",
        "How services work together.",
        "<p>Co-operation saves time; the Vienna Document 2011 is its frame.</p>",
        day(2020),
    ),
    "mines": (
        "en",
        "Mine clearance ends near the village",
        "Two hundred mines were lifted.",
        "<p>It took twelve minutes a metre, and a min of care.</p>",
        day(2017),
    ),
    "media": (
        "en",
        "Journalists’ safety is everybody’s concern",
        "Media freedom in news rooms.",
        "<p>Naïve questions about a café and a résumé.</p>",
        day(2021),
    ),
    "women": (
        "en",
        "Women lead police academies",
        "A network of commanders grows.",
        "<p>Policewomen mentor cadets from Kraków and Zürich.</p>",
        day(2022),
    ),
    "fr elections": (
        "fr",
        "Les élections législatives sous observation",
        "Quarante observateurs suivent la campagne électorale.",
        "<p>L’équipe visitera les bureaux de vote de chaque région.</p>",
        day(2023, 3),
    ),
    "fr security": (
        "fr",
        "La sécurité aux frontières : un accord nouveau",
        "Les États participants renforcent leur coopération.",
        "<p>Le cœur de l’accord tient en une page.</p>",
        day(2022),
    ),
    "fr girls": (
        "fr",
        "Des jeunes filles apprennent le journalisme",
        "Un atelier à Chișinău.",
        "<p>Elles écrivent, enquêtent et publient.</p>",
        day(2021),
    ),
    "de election": (
        "de",
        "Wahlbeobachter berichten aus den Ländern",
        "Die Wahlen verliefen ruhig.",
        "<p>In größeren Städten standen Wähler Schlange.</p>",
        day(2021, 9),
    ),
    "de street": (
        "de",
        "Neue Straße über den Fluss verbindet Dörfer",
        "Bürgermeister eröffnen die Brücke.",
        "<p>Die Öffnung der Grenze folgt später.</p>",
        day(2020),
    ),
    "de water": (
        "de",
        "Sauberes Wasser für zwölf Häuser",
        "Ein Vorhaben für die Umwelt.",
        "<p>Brunnen wurden gegraben.</p>",
        day(2019),
    ),
    "it vote": (
        "it",
        "Le elezioni comunali osservate da vicino",
        "Gli osservatori visitano i seggi.",
        "<p>La libertà di stampa è stata discussa.</p>",
        day(2022),
    ),
    "it youth": (
        "it",
        "I giovani discutono di sicurezza",
        "Un forum per la gioventù a Trieste.",
        "<p>Università e città vicine hanno partecipato.</p>",
        day(2020),
    ),
    "ru vote": (
        "ru",
        "Наблюдатели прибыли на выборы",
        "Миссия посетит избирательные участки.",
        "<p>Отчёт будет опубликован в понедельник в каждом районе.</p>",
        day(2023),
    ),
    "ru border": (
        "ru",
        "Пограничники учатся беречь лес",
        "Учения прошли у реки.",
        "<p>Ещё один семинар состоится осенью; приём гостей в Алёшине.</p>",
        day(2021),
    ),
    "ru women": (
        "ru",
        "Женщины возглавляют полицейские академии",
        "Сеть растёт.",
        "<p>Наставницы приехали из трёх стран.</p>",
        day(2022),
    ),
    "es vote": (
        "es",
        "La elección presidencial se celebró en calma",
        "Los observadores visitaron los colegios.",
        "<p>La misión publicará su informe mañana.</p>",
        day(2022),
    ),
    "es water": (
        "es",
        "Niños y niñas aprenden sobre el agua",
        "Un taller en la montaña.",
        "<p>Los ríos y las cuencas tienen sus guardianes.</p>",
        day(2020),
    ),
    "uk vote": (
        "uk",
        "Спостерігачі їдуть до Києва",
        "Місія працюватиме до осені.",
        "<p>Звіт про вибори вийде згодом.</p>",
        day(2021),
    ),
    "sq": (
        "sq",
        "Zgjedhjet vendore në Shqipëri",
        "Vëzhguesit vizitojnë qendrat.",
        "<p>Raporti botohet nesër.</p>",
        day(2019),
    ),
    "tr": (
        "tr",
        "İstanbul’da ışık ve güvenlik",
        "Gençler için çalıştay.",
        "<p>Katılımcılar on ülkeden geldi.</p>",
        day(2018),
    ),
}


def publish_all() -> dict[int, str]:
    """Publish the archive, and return the names of its editions by their numbers."""
    issuer = [builders.institution("Press Office").pk]
    return {
        builders.published(
            title, language=language, summary=summary, body=body, issued_at=issued_at, issued_by=issuer
        ).pk: name
        for name, (language, title, summary, body, issued_at) in TEXTS.items()
    }
