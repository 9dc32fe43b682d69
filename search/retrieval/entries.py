"""Documents turned into what is stored: tokens, folded word forms and columns, the same for every engine."""

import hashlib
import json
from dataclasses import dataclass

from search.analysis import analyser_for, fold, words
from search.analysis.folding import grams_of_word

# Put before the tokens of the title. Folding turns ø into o, so that no word holds it.
TITLE_MARK = "ø"
TITLE_WEIGHT = 3
LONGEST_TEXT = 100_000
# Two spaces, so that each token has its own on both sides and neighbours of the same name are counted apart.
BETWEEN_TOKENS = "  "


@dataclass(frozen=True)
class Entry:
    """One document as it is stored.

    `tokens` are the body's tokens, then the title's, each of the latter twice: plain and marked.
    `length` counts tokens with the title's three times, `gram_length` the four-letter pieces of the forms.
    """

    pk: int
    tokens: str
    forms: str
    facets: dict[str, list[str]]
    numbers: dict[str, int]
    location: tuple[float, float] | None
    length: int
    gram_length: int

    @property
    def digest(self):
        """Tells apart two entries that are not the same; what `reindex --check` compares."""
        parts = [self.tokens, self.forms, self.facets, self.numbers, self.location]
        return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=12).hexdigest()


def entry_of(document, analyser=None):
    """The entry of a document, read by the analyser of its language (or by the one given)."""
    read = analyser or analyser_for(document.language)
    title, body = document.title[:LONGEST_TEXT], document.body[:LONGEST_TEXT]
    title_words, body_words = words(title), words(body)
    title_tokens, body_tokens = read.tokens_of(title_words), read.tokens_of(body_words)
    forms = [fold(word) for word in (*title_words, *body_words)]
    facets = {name: sorted({str(value) for value in values}) for name, values in document.facets.items()}
    return Entry(
        pk=document.pk,
        tokens=BETWEEN_TOKENS.join([*body_tokens, *title_tokens, *(TITLE_MARK + token for token in title_tokens)]),
        forms=" ".join(form for form in forms if form),
        facets={**facets, "language": [read.language]},
        numbers={**document.numbers, "listed": int(document.listed)},
        location=document.location,
        length=len(body_tokens) + TITLE_WEIGHT * len(title_tokens),
        gram_length=sum(len(grams_of_word(form)) for form in forms),
    )
