"""Which words of a text answer the query: shown in the text as it was written."""

import unicodedata

from search.analysis import analyser_for
from search.analysis.folding import WORD
from search.query.parsing import Query

EXCERPT_LETTERS = 180


def highlight(text: str, query: Query, language: str = "fi") -> list[tuple[str, bool]]:
    """The text in pieces of (piece, whether it answers the query), whole and in order."""
    text = unicodedata.normalize("NFC", text)
    wanted = set(query.exact_tokens)
    read, pieces, last = analyser_for(language), [], 0
    for match in WORD.finditer(text):
        word = match[0].lower()
        if not read.is_stop_word(word) and not wanted.isdisjoint(read.word(word).exact):
            pieces += [(text[last : match.start()], False), (match[0], True)]
            last = match.end()
    return [piece for piece in [*pieces, (text[last:], False)] if piece[0]]


def excerpt(text: str, query: Query, language: str = "fi", letters: int = EXCERPT_LETTERS) -> list[tuple[str, bool]]:
    """The same of the part of the text that answers best: from a little before the first word that answers."""
    pieces = highlight(" ".join(text.split()), query, language)
    before = 0
    for piece, answers in pieces:
        if answers:
            break
        before += len(piece)
    else:
        before = 0
    whole = "".join(piece for piece, _ in pieces)
    start = max(before - letters // 3, 0)
    start = whole.rfind(" ", 0, start) + 1 if start else 0
    end = start + letters
    end = whole.rfind(" ", start, end) if end < len(whole) and whole.rfind(" ", start, end) > start else end
    cut, at = [], 0
    for piece, answers in pieces:
        part = piece[max(start - at, 0) : max(end - at, 0)]
        at += len(piece)
        if part:
            cut.append((part, answers))
    return [*([("… ", False)] if start else []), *cut, *([(" …", False)] if end < len(whole) else [])]
