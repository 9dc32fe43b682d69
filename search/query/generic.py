"""Words that say "work" or "somebody who works": beside another word, or as the last part of one, they tell nothing.

"Siivoustyö" and "siivooja" are looked for alike, and nobody who writes "keittiöapulainen" means every assistant.
"""

from collections.abc import Iterable, Sequence

# Base forms, folded: Finnish, Swedish, English.
GENERIC = frozenset(
    (
        *("tyo", "tyot", "homma", "hommat", "puuha", "duuni", "keikka", "apulainen", "henkilo"),
        *("arbete", "jobb", "person"),
        *("work", "job"),
    )
)
# These tell something alone, and nothing as a compound's last part.
LAST_PARTS = GENERIC | {
    *("tyontekija", "tyolainen", "tehtava", "tehtavat", "toimi", "apu"),
    *("arbetare", "bitrade", "personal"),
}


def without_generic(tokens: Iterable[str]) -> tuple[str, ...]:
    """The tokens that tell something; all of them where none does."""
    tokens = tuple(tokens)
    return tuple(token for token in tokens if token not in GENERIC) or tokens


def telling_parts(parts: Sequence[str]) -> tuple[str, ...]:
    """The parts of a compound without last ones that tell nothing: "keittiö" of "keittiötyöntekijä"."""
    end = len(parts)
    while end > 1 and parts[end - 1] in LAST_PARTS:
        end -= 1
    return tuple(parts[:end])
