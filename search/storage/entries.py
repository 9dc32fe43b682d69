"""What is stored of a text: tokens, folded word forms and columns, the same for every database and engine."""

import hashlib
import json
from dataclasses import dataclass

# Put before the tokens of the title. Folding turns ø into o, so that no word holds it.
TITLE_MARK = "ø"
TITLE_WEIGHT = 3


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
