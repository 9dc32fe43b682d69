"""Finnish words as people write them: without dots, and as they speak."""

from collections.abc import Iterator

from search.analysis import Analyser, WordTokens

DOTS = str.maketrans("ao", "äö")
# In eastern Finland and in much of everyday speech two vowels become one long one: "siivoomaan", "hommii", "lehtee".
LONG_VOWELS = {"oo": ("oa", "ou"), "ee": ("ea", "eä"), "ii": ("ia", "iä"), "uu": ("ua", "ou"), "yy": ("yä", "öy")}
MOST_FORMS = 60
SHORTEST = 4


def read_as_written(word: str, analyser: Analyser) -> WordTokens:
    """The tokens of a word; where the dictionary lacks it, those of a form that differs in dots or as people speak."""
    tokens = analyser.word(word)
    if tokens.known or analyser.engine != "voikko" or len(word) < SHORTEST:
        return tokens
    *others, last = word.split("-")
    for number, form in enumerate(_forms(last)):
        read = analyser.word("-".join([*others, form]))
        if number == MOST_FORMS or (read.known and (not others or analyser.word(form).known)):
            return read if read.known else tokens
    return tokens


def _forms(word: str) -> Iterator[str]:
    """What may be meant, the likeliest first: vowels as they are spelt, all dots, those of one part of a compound."""
    spelt = [word, *_spelt(word)]
    yield from spelt[1:]
    for form in spelt:
        yield form.translate(DOTS)
    for form in spelt:
        for at in range(3, len(form) - 2):
            yield form[:at] + form[at:].translate(DOTS)
            yield form[:at].translate(DOTS) + form[at:]


def _spelt(word: str) -> Iterator[str]:
    """The word with its last long vowel written as two, and without the doubled consonant before it."""
    at = max(map(word.rfind, LONG_VOWELS))
    for vowels in LONG_VOWELS.get(word[at : at + 2], ()) if at > 0 else ():
        form = word[:at] + vowels + word[at + 2 :]
        yield form
        if at > 1 and word[at - 1] == word[at - 2]:
            yield word[: at - 1] + vowels + word[at + 2 :]
