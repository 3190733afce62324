"""What an alternative text may not be: a file's name, a word for "picture", what a reader hears anyhow, a few letters.

A text for those who don't see an image says what is to be seen. Whoever is asked for one and is in a hurry writes what
is at hand; each of these is refused with a word on what to write instead. The rules are those that a machine can ask of
W3C's and GOV.UK's advice: no name of a file, no "image of", nothing that stands beside the image already (the title,
the caption, the credit), and more than a word.
"""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from library.folding import folded

# Words for a picture by language, folded, with the articles around them; and what cameras and programs write.
WORDS_BY_LANGUAGE = {
    "en": "image images picture pictures pic pics photo photos photograph photographs graphic illustration of the a an",
    "fr": "photographie photographies cliche visuel de la le les l d un une",
    "de": "bild bilder foto fotos fotografie aufnahme abbildung grafik abb von vom der die das ein eine",
    "it": "immagine immagini fotografia fotografie figura di del della dell il lo una",
    "ru": "изображение изображения картинка фото фотография фотографии снимок рисунок иллюстрация",
    "es": "imagen imagenes fotografias ilustracion el los las",
    # The languages that only news is written in, Latin letters and others.
    "sq hr sr az ro": "imazh fotografi slika snimka sekil poza imagine",
    "lv et tr tk uz": "rasm surat suret pilt fotod attels bilde",
    "hy ka": "նկար լուսանկար პատկერი სურათი ფოტო ფოტოსურათი",
    "be uk mk kk ky tg mn": "здымак фотаздымак малюнак выява зображення світлина знимка слика фотографија сурет суурот "
    "сүрөт сурат расм акс зураг",
    "": "img dsc dscn dscf pxl file screenshot untitled copy",
}
PICTURE_WORDS = frozenset(folded(" ".join(WORDS_BY_LANGUAGE.values())).split())
FILE_NAME = re.compile(
    r"\.(jpe?g|png|gif|webp|avif|tiff?|heic|bmp|svg)$|^\S*[^\W\d_]\S*[_\d]\S*$|^\S+-\S+-\S+$", re.IGNORECASE
)
WORDS = re.compile(r"[^\W\d_]+")
SEPARATORS = re.compile(r"[\W_]+")
# Who made a picture is said with these words too.
CREDIT_WORDS = PICTURE_WORDS | frozenset(
    ["by", "courtesy", "credit", "copyright", "par", "durch", "di", "por", "автор"]
)
FEWEST_WORDS, FEWEST_LETTERS = 2, 5  # "A lake" says what is to be seen
# What fingers write that lie on a keyboard, in its three Latin orders and the Russian one.
KEYBOARD_ROWS = folded(
    "qwertyuiop qwertzuiop azertyuiop asdfghjkl qsdfghjklm zxcvbnm yxcvbnm wxcvbn йцукенгшщзхъ фывапролджэ ячсмитьбю"
).split()
RUN_OF_KEYS = 4  # letters: shorter ones are words as well ("as", "we", "рол")


def complaint(
    alternative: str, *, file_name: str, titles: Iterable[str] = (), credit: str = "", caption: str = ""
) -> str:
    """Return why an alternative text is none, or an empty text.

    Args:
        alternative: the text; an empty one is no text yet, and nothing is said of it.
        file_name: the name of the image's file, with its ending.
        titles: of the items that hold the image: a reader has read them already.
        credit: who made the image; it stands below it.
        caption: in the same language, below it too.
    """
    text = _bare(alternative)
    if not alternative.strip():
        return ""
    if _is_name_of_a_file(alternative, file_name):
        return _("This is the name of the file. Write what is to be seen in the image.")
    if is_only_a_word_for_picture(alternative):
        return _("This says only that it is an image. Write what is to be seen in it.")
    return _repeated(text, titles=titles, credit=credit, caption=caption) or _too_short(text)


def _is_name_of_a_file(alternative: str, file_name: str) -> bool:
    """Say whether a text is the name of the file, or reads like the name of any: an ending, no spaces but numbers."""
    names = {_bare(file_name), _bare(file_name.rpartition(".")[0])}
    return bool(FILE_NAME.search(alternative.strip())) or _bare(alternative) in names


def _repeated(text: str, *, titles: Iterable[str], credit: str, caption: str) -> str:
    """Say what else a text repeats that readers have beside the image."""
    if text in {_bare(title) for title in titles}:
        return _("This repeats the title of a text that shows the image. Write what is to be seen in it.")
    made_by = set(WORDS.findall(folded(credit)))
    if made_by and set(WORDS.findall(text)) <= made_by | CREDIT_WORDS:
        return _("This repeats the credit, which stands below the image. Write what is to be seen in it.")
    if caption.strip() and text == _bare(caption):
        return _(
            "This repeats the caption, which all readers have. Write what is to be seen, or make one of them shorter."
        )
    return ""


def _too_short(text: str) -> str:
    """Say that a text is no description where it has one word, or no words but letters."""
    words = {word for word in WORDS.findall(text) if not _is_run_of_keys(word)}
    if len(words) >= FEWEST_WORDS and sum(map(len, words)) >= FEWEST_LETTERS:
        return ""
    return _("This is too short to tell anything. Write in a few words what is to be seen in the image.")


def _is_run_of_keys(word: str) -> bool:
    return len(word) >= RUN_OF_KEYS and any(word in row for row in KEYBOARD_ROWS)


def is_only_a_word_for_picture(text: str) -> bool:
    """Say whether nothing is left of a text without words for "picture", articles, numbers and signs."""
    return PICTURE_WORDS.issuperset(WORDS.findall(folded(text)))


def _bare(text: str) -> str:
    """Return a text without what a file's name and a sentence write differently: capitals, accents, signs, spaces."""
    return SEPARATORS.sub(" ", folded(text)).strip()
