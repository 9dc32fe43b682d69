"""Two people at one form: the later one sees both versions, and nobody's words are lost unseen."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder


@dataclass(frozen=True)
class Difference:
    """One answer in the other person's version and in one's own, both as the form shows them."""

    name: str
    label: Any
    theirs: Any
    mine: Any


class ChangedMeanwhile(Exception):
    """Somebody has saved another version since the page was opened; nothing of one's own is written."""

    def __init__(self, differences: Iterable[Difference] = ()) -> None:
        self.differences = tuple(differences)
        super().__init__(", ".join(difference.name for difference in self.differences))


def fingerprint(values: Mapping[str, Any]) -> str:
    """What a page carries of a version that has no number: the same for the same values, in whatever order."""
    text = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def differences(
    mine: Mapping[str, Any], theirs: Mapping[str, Any], labels: Mapping[str, Any]
) -> tuple[Difference, ...]:
    """The answers of `labels` in which both versions differ, in the order of the labels."""
    return tuple(
        Difference(name, label, theirs.get(name), mine.get(name))
        for name, label in labels.items()
        if theirs.get(name) != mine.get(name)
    )


def require_unchanged(seen: str | int | None, present: str | int, found: Callable[[], Iterable[Difference]]) -> None:
    """Raises ChangedMeanwhile with what `found()` gives, unless the version that the page showed is the present one.

    `seen` and `present` are revisions or fingerprints. Ask with the row locked. The same answers from both are no
    quarrel.
    """
    if str(seen) == str(present):
        return
    if rows := tuple(found()):
        raise ChangedMeanwhile(rows)
