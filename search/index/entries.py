"""Documents read by an analyser: what is stored of each."""

from search.analysis import Analyser, analyser_for, fold, words
from search.analysis.folding import grams_of_word
from search.index.descriptions import Document
from search.storage.entries import TITLE_MARK, TITLE_WEIGHT, Entry

LONGEST_TEXT = 100_000
# Two spaces, so that each token has its own on both sides and neighbours of the same name are counted apart.
BETWEEN_TOKENS = "  "


def entry_of(document: Document, analyser: Analyser | None = None) -> Entry:
    """The entry of a document, read by the analyser of its language (or by the one given)."""
    read = analyser or analyser_for(document.language)
    title, body = document.title[:LONGEST_TEXT], document.body[:LONGEST_TEXT]
    title_words, body_words = words(title), words(body)
    title_tokens, body_tokens = read.tokens_of(title_words), read.tokens_of(body_words)
    written = [*title_words, *body_words]
    forms = [fold(word) for word in written]
    facets = {name: sorted({str(value) for value in values}) for name, values in document.facets.items()}
    return Entry(
        pk=document.pk,
        tokens=BETWEEN_TOKENS.join([*body_tokens, *title_tokens, *(TITLE_MARK + token for token in title_tokens)]),
        forms=" ".join(form for form in forms if form),
        spellings=" ".join(sorted({word for word, form in zip(written, forms, strict=True) if form and word != form})),
        facets={**facets, "language": [read.language]},
        numbers={**document.numbers, "listed": int(document.listed)},
        location=document.location,
        length=len(body_tokens) + TITLE_WEIGHT * len(title_tokens),
        gram_length=sum(len(grams_of_word(form)) for form in forms),
    )
