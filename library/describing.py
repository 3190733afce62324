"""What an alternative text may not be: a name of a file, a word for "picture", a title said a second time.

A text for those who don't see an image says what is to be seen. Whoever is asked for one and is in a hurry writes what
is at hand; each of these is refused with a word on what to write instead.
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
    "": "img dsc dscn dscf pxl file screenshot untitled",
}
PICTURE_WORDS = frozenset(" ".join(WORDS_BY_LANGUAGE.values()).split())
FILE_NAME = re.compile(r"^\S+\.(jpe?g|png|gif|webp|avif|tiff?|heic|bmp|svg)$", re.IGNORECASE)
WORDS = re.compile(r"[^\W\d_]+")
SEPARATORS = re.compile(r"[\W_]+")


def complaint(alternative: str, *, file_name: str, titles: Iterable[str] = ()) -> str:
    """Return why an alternative text is none, or an empty text.

    Args:
        alternative: the text; an empty one is no text yet, and nothing is said of it.
        file_name: the name of the image's file, with its ending.
        titles: of the items that hold the image: a reader has read them already.
    """
    text = _bare(alternative)
    if not alternative.strip():
        return ""
    if FILE_NAME.match(alternative.strip()) or text in {_bare(file_name), _bare(file_name.rpartition(".")[0])}:
        return _("This is the name of the file. Write what is to be seen in the image.")
    if is_only_a_word_for_picture(alternative):
        return _("This says only that it is an image. Write what is to be seen in it.")
    if text in {_bare(title) for title in titles}:
        return _("This repeats the title of a text that shows the image. Write what is to be seen in it.")
    return ""


def is_only_a_word_for_picture(text: str) -> bool:
    """Say whether nothing is left of a text without words for "picture", articles, numbers and signs."""
    return PICTURE_WORDS.issuperset(WORDS.findall(folded(text)))


def _bare(text: str) -> str:
    """Return a text without what a file's name and a sentence write differently: capitals, accents, signs, spaces."""
    return SEPARATORS.sub(" ", folded(text)).strip()
