"""Letters and small words, as names and texts are compared."""

# Letters that Unicode does not take apart into a plain one and an accent.
PLAIN_LETTERS = str.maketrans(
    {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe", "ə": "a", "ð": "d", "þ": "th"}
)
# Articles and prepositions, folded: "Mission to Moldova" and "the Mission in Moldova" are one.
SMALL_WORDS_BY_LANGUAGE = {
    "en": "the of to in at for on",
    "fr": "le la les l un une de du des d a au aux en pour sur",
    "de": "der die das den dem des von zu zum zur im in fur",
    "it": "il lo gli i di del dell della dei ad al nel nell nella per",
    "ru": "в во на по для при",
    "es": "el los las del al para",
}
