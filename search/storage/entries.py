"""What is stored of a text: tokens, folded word forms and columns, the same for every database and engine."""

import hashlib
import json
from dataclasses import dataclass, field

# Put before the tokens of the title. Folding turns ø into o, so that no word holds it.
TITLE_MARK = "ø"
TITLE_WEIGHT = 3


@dataclass(frozen=True)
class Entry:
    """One document as it is stored.

    `tokens` are the body's tokens, then the title's, each of the latter twice: plain and marked.
    `spellings` are those of its words that folding changes, as written. One without facets was taken out.
    `length` counts tokens with the title's three times, `gram_length` the four-letter pieces of the forms.
    """

    pk: int
    tokens: str = ""
    forms: str = ""
    spellings: str = ""
    facets: dict[str, list[str]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    location: tuple[float, float] | None = None
    length: int = 0
    gram_length: int = 0

    @property
    def digest(self) -> str:
        """Tells apart two entries that are not the same; what `reindex --check` compares."""
        parts = [self.tokens, self.forms, self.facets, self.numbers, self.location]
        return hashlib.blake2b(json.dumps(parts, sort_keys=True).encode(), digest_size=12).hexdigest()
