"""Two people at one form: the later one sees both versions, and nobody's words are lost unseen."""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Difference:
    """One answer in the other person's version and in one's own, both as the form shows them.

    `language` is that of the words; empty when it is the page's.
    """

    name: str
    label: Any
    theirs: Any
    mine: Any
    language: str = ""


class ChangedMeanwhile(Exception):
    """Somebody has saved another version since the page was opened; nothing of one's own is written.

    `present` is the version that the differences were taken from: whoever has seen them has seen it.
    """

    def __init__(self, differences: Iterable[Difference] = (), present: str | int = "") -> None:
        self.differences = tuple(differences)
        self.present = present
        super().__init__(", ".join(difference.name for difference in self.differences))


def fingerprint(values: Mapping[str, Any]) -> str:
    """What a page carries of a version that has no number: the same for the same values, in whatever order."""
    text = json.dumps(values, sort_keys=True, cls=DjangoJSONEncoder, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def require_unchanged(seen: str | int | None, present: str | int, changes: Callable[[], Iterable[Difference]]) -> None:
    """Raises ChangedMeanwhile with what `changes()` gives, unless the version that the page showed is the present one.

    `seen` and `present` are revisions or fingerprints. Ask with the row locked. The same answers
    from both are no quarrel.
    """
    if str(seen) == str(present):
        return
    if rows := tuple(changes()):
        raise ChangedMeanwhile(rows, present)


class Version:
    """What a row answers to the fields of these names, as it is stored or as it is about to be.

    `related` holds the answers to many-to-many fields that are not saved yet.
    """

    def __init__(self, row: Model, names: Sequence[str], related: Mapping[str, Iterable[Model]] | None = None) -> None:
        self.row = row
        self.names = names
        self.related = {name: list(things) for name, things in (related or {}).items()}

    @property
    def fingerprint(self) -> str:
        return fingerprint({name: self._value(name) for name in self.names})

    def differences(self, theirs: "Version") -> tuple[Difference, ...]:
        """Where this version, one's own, is another than the stored one, in the order of the names."""
        return tuple(
            Difference(name, self._label(name), theirs.words(name), self.words(name))
            for name in self.names
            if self._value(name) != theirs._value(name)
        )

    def words(self, name: str) -> str:
        """An answer as a person reads it."""
        if self._is_many(name):
            return ", ".join(sorted(str(thing) for thing in self._things(name)))
        value = getattr(self.row, name)
        if isinstance(value, bool):
            return _("yes") if value else _("no")
        show = getattr(self.row, f"get_{name}_display", lambda: value)
        return "" if value is None else str(show())

    def _value(self, name: str) -> Any:
        """Comparable: things by their keys, and texts whatever way their lines end, which browsers change."""
        if self._is_many(name):
            return sorted(str(thing.pk) for thing in self._things(name))
        value = getattr(self.row, self.row._meta.get_field(name).attname)  # type: ignore[union-attr]
        return value.replace("\r\n", "\n") if isinstance(value, str) else value

    def _things(self, name: str) -> list[Model]:
        return self.related[name] if name in self.related else list(getattr(self.row, name).all())

    def _is_many(self, name: str) -> bool:
        return bool(self.row._meta.get_field(name).many_to_many)

    def _label(self, name: str) -> str:
        return capfirst(str(self.row._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


class VersionForm(forms.Form):
    """A form that edits what is stored: `seen` is the version that its page showed, and goes with the answers."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)
    conflicts: tuple[Difference, ...] = ()

    def show_both(self, conflict: ChangedMeanwhile) -> None:
        """Both versions, by the labels of the form. Sent once more, one's own is meant to stay."""
        self.conflicts = tuple(
            replace(row, label=self.fields[row.name].label or row.label) if row.name in self.fields else row
            for row in conflict.differences
        )
        data = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("seen")] = str(conflict.present)
        self.data = data
