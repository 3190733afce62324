"""What becomes of a sample story: it is published, perhaps after an embargo, corrected, removed, or stays a draft."""

import datetime
import random
from dataclasses import dataclass, replace
from typing import Literal

from news.models import Removal

SECOND_EDITION, THIRD_EDITION = 0.07, 0.015
MINOR = 0.2  # of corrections: nobody is told
EMBARGO = 0.04  # of stories issued before they become visible
STILL_EMBARGOED = 0.5  # of those that lie ahead; the others are issued when they become visible
REMOVALS = {Removal.Kind.WITHDRAWN: 0.018, Removal.Kind.ERROR: 0.01, Removal.Kind.CONSOLIDATED: 0.012}
UNDATED = 0.5  # of drafts
LAST_EDITION = 3
HOURS_OF_EMBARGO = (1, 72)
DAYS_UNTIL_REMOVED = (1, 400)
CHANGE_NOTES = {
    "en": ("A number has been corrected.", "The date of the next meeting has been added."),
    "fr": ("Un chiffre a été corrigé.", "La date de la prochaine réunion a été ajoutée."),
    "de": ("Eine Zahl wurde berichtigt.", "Der Termin des nächsten Treffens wurde ergänzt."),
    "it": ("È stata corretta una cifra.", "È stata aggiunta la data della prossima riunione."),
    "ru": ("Исправлена цифра.", "Добавлена дата следующей встречи."),
    "es": ("Se ha corregido una cifra.", "Se ha añadido la fecha de la próxima reunión."),
    "sq": ("Është korrigjuar një shifër.", "Është shtuar data e takimit të ardhshëm."),
    "uk": ("Виправлено цифру.", "Додано дату наступної зустрічі."),
    "ro": ("A fost corectată o cifră.", "A fost adăugată data următoarei reuniuni."),
    "sr": ("Ispravljen je jedan broj.", "Dodat je datum sledećeg sastanka."),
}
EXPLANATIONS = {
    Removal.Kind.WITHDRAWN: {
        "en": "The figures in this text are being checked again. It stays readable for the record.",
        "fr": "Les chiffres de ce texte sont en cours de vérification. Il reste lisible pour mémoire.",
        "de": "Die Zahlen in diesem Text werden neu geprüft. Zur Dokumentation bleibt er lesbar.",
        "it": "Le cifre di questo testo sono in corso di verifica. Resta leggibile per documentazione.",
        "ru": "Цифры в этом тексте перепроверяются. Для истории он остаётся доступным.",
        "es": "Las cifras de este texto se están comprobando de nuevo. Sigue siendo legible como constancia.",
        "sq": "Shifrat në këtë tekst po verifikohen sërish. Ai mbetet i lexueshëm për dokumentim.",
        "uk": "Цифри в цьому тексті перевіряють ще раз. Для історії він залишається доступним.",
        "ro": "Cifrele din acest text sunt verificate din nou. El rămâne accesibil pentru documentare.",
        "sr": "Brojke u ovom tekstu se ponovo proveravaju. On ostaje dostupan radi evidencije.",
    },
    Removal.Kind.ERROR: {
        "en": "This text was published before the talks had ended.",
        "fr": "Ce texte a été publié avant la fin des entretiens.",
        "de": "Dieser Text wurde vor dem Ende der Gespräche veröffentlicht.",
        "it": "Questo testo è stato pubblicato prima della fine dei colloqui.",
        "ru": "Этот текст был опубликован до окончания переговоров.",
        "es": "Este texto se publicó antes de que terminaran las conversaciones.",
        "sq": "Ky tekst u publikua para përfundimit të bisedimeve.",
        "uk": "Цей текст було опубліковано до завершення переговорів.",
        "ro": "Acest text a fost publicat înainte de încheierea discuțiilor.",
        "sr": "Ovaj tekst je objavljen pre završetka razgovora.",
    },
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """What becomes of a story in all of its languages.

    Attributes:
        issued_at: None of a draft that has no date yet.
        moments: at which its editions become visible, one after the other; none of a draft.
        is_minor: whether the first correction goes without a note.
        removal: the kind, or "".
        removed_at: later than all moments; None where it stays.
    """

    issued_at: datetime.datetime | None
    moments: tuple[datetime.datetime, ...]
    is_minor: bool = False
    removal: Removal.Kind | Literal[""] = ""
    removed_at: datetime.datetime | None = None


def scheduled_number(items: int) -> int:
    """Return how many of the last items lie ahead: a handful, however large the archive."""
    return min(12, items // 75)


def draft_share(items: int) -> float:
    """Return the share of stories left as drafts: some six, however large the archive."""
    return min(0.05, 14 / items)


def tells_meeting(fate: Fate) -> bool:
    """Say whether the last edition has a sentence more."""
    return len(fate.moments) == LAST_EDITION


def drafted(rng: random.Random, issued_at: datetime.datetime) -> Fate:
    """Keep a story as an open draft, sometimes without a date of issue."""
    return Fate(issued_at=None if rng.random() < UNDATED else issued_at, moments=())


def scheduled(rng: random.Random, moment: datetime.datetime, until: datetime.datetime) -> Fate:
    """Let a story become visible ahead of the end, some of these under an embargo: issued, and not yet shown."""
    if rng.random() >= STILL_EMBARGOED:
        return Fate(issued_at=moment, moments=(moment,))
    before = until.astimezone(datetime.UTC).replace(second=0, microsecond=0)
    issued_at = before - datetime.timedelta(minutes=5 * rng.randint(1, 100))
    return Fate(issued_at=issued_at, moments=(moment,))


def published(rng: random.Random, issued_at: datetime.datetime, until: datetime.datetime, *, can_err: bool) -> Fate:
    """Publish a story and let it meet what the end leaves time for.

    Args:
        rng: what decides.
        issued_at: the moment of issue.
        until: the end of the archive; an embargo may last longer.
        can_err: whether it has a number that a first edition may have wrong.
    """
    moments = [issued_at]
    if rng.random() < EMBARGO:
        moments = [issued_at + datetime.timedelta(hours=rng.randint(*HOURS_OF_EMBARGO))]
    dice = rng.random()
    for _correction in range((dice < SECOND_EDITION) + (dice < THIRD_EDITION) if can_err else 0):
        moments.append(moments[-1] + datetime.timedelta(minutes=rng.randrange(40, 5000, 5)))
    moments = [moments[0], *(moment for moment in moments[1:] if moment <= until)]
    removal, removed_at = _removal(rng, moments[-1], until)
    return Fate(
        issued_at=issued_at,
        moments=tuple(moments),
        is_minor=len(moments) > 1 and rng.random() < MINOR,
        removal=removal,
        removed_at=removed_at,
    )


def kept(fate: Fate) -> Fate:
    """Return the fate without the removal."""
    return replace(fate, removal="", removed_at=None)


def _removal(
    rng: random.Random, newest: datetime.datetime, until: datetime.datetime
) -> tuple[Removal.Kind | Literal[""], datetime.datetime | None]:
    """Choose whether a story is removed, why, and when."""
    dice = rng.random()
    for kind, share in REMOVALS.items():
        if dice < share:
            removed_at = newest + datetime.timedelta(days=rng.randint(*DAYS_UNTIL_REMOVED), minutes=rng.randint(0, 200))
            return (kind, removed_at) if removed_at <= until else ("", None)
        dice -= share
    return "", None
