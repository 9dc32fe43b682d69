"""Turning text into words, and words into plain ASCII letters that every engine keeps as they are."""

import re
import unicodedata

from search.caches import ProcessCache

LONGEST_WORD = 60

# Names in which a mark is part of the word: "C++" is not "C", ".NET" is not "net", and they are written in few ways.
MARKED_NAMES = (
    (re.compile(r"(?<!\w)c\+\+(?!\w)", re.IGNORECASE), " cplusplus "),
    (re.compile(r"(?<!\w)c#(?!\w)", re.IGNORECASE), " csharp "),
    (re.compile(r"(?<!\w)f#(?!\w)", re.IGNORECASE), " fsharp "),
    (re.compile(r"(?<!\w)(asp)?\.net(?!\w)", re.IGNORECASE), r" \1 dotnet "),
)
# Letters and digits with hyphens, apostrophes and colons inside: "it-tuki", "d'Artagnan", "EU:n".
WORD = re.compile(r"[^\W_]+(?:[-‐‑'’:][^\W_]+)*")
# Hyphens that look alike become one, and what is not seen goes.
UNSEEN = ["\u00ad", "\u2060", "\ufeff", *(chr(sign) for sign in range(0x200B, 0x2010))]
SAME_SIGNS = str.maketrans({"‐": "-", "‑": "-", **dict.fromkeys(UNSEEN, "")})
LETTERS_WITHOUT_PARTS = str.maketrans(
    {"ø": "o", "đ": "d", "ð": "d", "þ": "th", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
)


def words(text: str) -> list[str]:
    """The words of a text in their order, in composed form and lower case, hyphens kept."""
    return [word.lower() for word in surface_words(text)]


def surface_words(text: str) -> list[str]:
    """The words of a text in their order, in composed form with their capitals."""
    text = unicodedata.normalize("NFC", text).translate(SAME_SIGNS)
    if "+" in text or "#" in text or "." in text:
        for pattern, name in MARKED_NAMES:
            text = pattern.sub(name, text)
    return [word[:LONGEST_WORD] for word in WORD.findall(text)]


@ProcessCache.of_calls(100_000)
def fold(word: str) -> str:
    """The word in lower case without marks on its letters: "Työpöytä" → "tyopoyta". Other scripts are kept."""
    plain = unicodedata.normalize("NFKD", word.lower().translate(LETTERS_WITHOUT_PARTS))
    return "".join(letter for letter in plain if letter.isalnum())


def four_grams(text: str) -> list[str]:
    """The folded four-letter pieces of every word form, its edges marked: what two spellings of a word still share."""
    grams: list[str] = []
    for word in words(text):
        grams += grams_of_word(word)
    return grams


@ProcessCache.of_calls(200_000)
def grams_of_word(word: str) -> tuple[str, ...]:
    """The four-letter pieces of one word, in order; a word of up to four letters is one piece."""
    plain = fold(word)
    if len(plain) <= 4:
        return (plain,) if plain else ()
    return tuple(plain[start : start + 4] for start in range(len(plain) - 3))
