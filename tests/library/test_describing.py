"""What an alternative text may not be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.describing import PICTURE_WORDS, complaint, is_only_a_word_for_picture

SENTENCE = "Observers count ballots in a school in Tirana"
LETTERS = st.text(st.characters(categories=["L", "N", "P", "Zs"]), min_size=1, max_size=40)


@pytest.mark.parametrize(
    "text",
    ["vienna-2025.jpg", "vienna-2025", "Vienna 2025", "VIENNA_2025", "Viénna  2025.", "IMG_0815.JPEG", "plan.webp"],
)
def test_the_name_of_the_file_is_refused(text):
    """With its ending and without, in whatever letters; and the name of any other file."""
    assert "name of the file" in complaint(text, file_name="vienna-2025.jpg")


@pytest.mark.parametrize(
    "text",
    [
        "image",
        "Photo 12",
        "a picture",
        "Bild",
        "das Foto.",
        "une photo",
        "Fotografía",
        "ФОТО",
        "Изображение 3",
        "DSC 01",
        "– 7 –",
    ],
)
def test_a_word_for_picture_is_refused(text):
    """In each of the six languages."""
    assert "only that it is an image" in complaint(text, file_name="x.jpg")


def test_the_title_of_an_item_that_shows_it_is_refused():
    """It was read already."""
    assert "repeats the title" in complaint("talks OPEN in Vienna.", file_name="x.jpg", titles=["Talks open in Vienna"])
    assert complaint("Talks open in Vienna", file_name="x.jpg", titles=["Talks close"]) == ""


def test_a_sentence_is_taken_and_nothing_is_said_of_none():
    """What is empty is no text yet."""
    assert complaint(SENTENCE, file_name="vienna.jpg", titles=["Albania votes"]) == ""
    assert complaint("  ", file_name="vienna.jpg") == ""
    assert complaint("Photo of Anna Berg at a lectern", file_name="vienna.jpg") == ""


@pytest.mark.parametrize(
    "text", ["IMG_2044 copy", "vienna meeting final v2.jpg", "vienna-council-2", "council_hall_final", "P1010023"]
)
def test_what_reads_like_the_name_of_any_file_is_refused(text):
    """An ending behind several words, or words joined as in a name."""
    assert complaint(text, file_name="other.jpg")


@pytest.mark.parametrize("text", ["z", "asdf", "asdf qwer", "йцук фыва", "Vienna", "Vienna, Vienna!", "a b c", "Votat"])
def test_a_text_too_short_to_tell_anything_is_refused(text):
    """One word, the same word again, single letters, what fingers write that lie on the keys."""
    assert "too short" in complaint(text, file_name="x.jpg")


@pytest.mark.parametrize("text", ["OSCE/Maria Berg", "maria berg", "Photo: Maria Berg, OSCE", "Foto von Maria Berg."])
def test_the_credit_is_refused(text):
    """It stands below the image, in whatever order it is said."""
    assert "repeats the credit" in complaint(text, file_name="x.jpg", credit="OSCE/Maria Berg")
    assert complaint(f"{text} at a lectern", file_name="x.jpg", credit="OSCE/Maria Berg") == ""


def test_the_caption_repeated_in_full_is_refused():
    """All readers have it; a part of it, or more than it, is another text."""
    caption = "Observers count ballots in Tirana."
    assert "repeats the caption" in complaint("Observers count ballots in Tirana", file_name="x.jpg", caption=caption)
    assert complaint("Observers count ballots", file_name="x.jpg", caption=caption) == ""


@pytest.mark.parametrize(
    "text", ["Слика 3", "Сурет", "slika.", "Fotoğraf 2", "Լուսանկար", "სურათი", "Зображення", "Şəkil"]
)
def test_a_word_for_picture_is_refused_in_the_local_languages_too(text):
    """In three more scripts."""
    assert complaint(text, file_name="x.jpg")


WORD = st.sampled_from(
    ["lake", "ballots", "council", "Wahlurne", "délégués", "озеро", "урна", "ძველი", "քաղաք", "seçim", "talas"]
)


@given(word=WORD, count=st.integers(1, 6), ending=st.sampled_from(["", ".", "!", " 12", " – "]))
def test_one_word_is_never_a_description_however_often(word, count, ending):
    """In whatever script and letters."""
    for text in (word, word.upper(), word.title()):
        assert complaint(" ".join([text] * count) + ending, file_name="x.jpg")


@given(words=st.lists(WORD, min_size=2, max_size=12, unique=True), ending=st.sampled_from(["", ".", " 12"]))
def test_two_words_are_a_description_unless_readers_have_them_beside_the_image(words, ending):
    """The same words as title, caption or credit are refused."""
    text = " ".join(words) + ending
    assert complaint(text, file_name="x.jpg", titles=["Other"], caption="Other", credit="OSCE") == ""
    assert complaint(text, file_name="x.jpg", titles=[text.upper()])
    assert complaint(text, file_name="x.jpg", caption=f" {text} ")
    assert complaint(text, file_name="x.jpg", credit=" ".join(reversed(words)))


@given(name=LETTERS, ending=st.sampled_from(["jpg", "PNG", "webp"]))
def test_no_file_name_passes_in_whatever_letters(name, ending):
    """As it is, in capitals, with its ending; unless it is blank."""
    for text in (name, name.upper(), f"{name}.{ending}", f" {name} "):
        assert complaint(text, file_name=f"{name}.{ending}") or not text.strip()


@given(words=st.lists(st.sampled_from(sorted(PICTURE_WORDS)), min_size=1, max_size=5), number=st.integers(0, 9999))
def test_words_for_picture_are_found_in_any_number_and_order(words, number):
    """With a number behind, or capitals."""
    assert is_only_a_word_for_picture(f"{' '.join(words).title()} {number}")


@given(text=st.text(max_size=60), name=st.text(max_size=30), titles=st.lists(st.text(max_size=30), max_size=3))
def test_any_text_is_answered(text, name, titles):
    """Whatever somebody pastes."""
    assert isinstance(complaint(text, file_name=name, titles=titles), str)
