"""Language, title and summary of a text, as far as its rank needs them: for each word all that it can be found by.

A thousand of them are read for one answer, so they are laid out when a text is stored, and searched as plain text:

    en
    ; border =border ; guards =guard ;
    ; crews =crew ; patrolled =patrol ; in =in ; mixed =mix ; boats =boat ;
"""

from news.words.folding import clean, found_by, written_words

Head = tuple[str, str, str]  # language, title, summary


def head(language: str, title: str, summary: str) -> str:
    """Lay out a text's head, as it is stored."""
    return "\n".join((language, laid_out(title, language), laid_out(summary, language)))


def read_head(stored: str) -> Head:
    """Take a stored head apart."""
    language, title, summary = stored.split("\n")
    return language, title, summary


def laid_out(text: str, language: str) -> str:
    """Lay out a title or a summary."""
    places = (place for written in written_words(clean(text)) for place in found_by(written, language))
    return "".join([";", *(f" {' '.join(sorted(filter(None, forms)))} ;" for forms in places)])
