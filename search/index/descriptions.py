"""What can be searched: apps above this one describe their models, and objects become plain documents."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, RelatedFields, SearchField

from search.analysis import DEFAULT_LANGUAGE


@dataclass(frozen=True)
class Document:
    """One thing to find, in plain values.

    `facets` are words to filter and count by, `numbers` are whole numbers to filter and order by (times as seconds
    since 1970), `location` is (latitude, longitude) in degrees. A document that is not `listed` is found in the
    Wagtail admin alone.
    """

    pk: int
    title: str
    body: str = ""
    language: str = DEFAULT_LANGUAGE
    facets: Mapping[str, Iterable[str]] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    location: tuple[float, float] | None = None
    listed: bool = True


@dataclass(frozen=True)
class SearchDocument:
    """How objects of a model become documents; the text comes from the model's `search_fields`.

    Each facet is a function from the object to its values, each number one to a whole number or None.
    `listed` says whether the public may find the object. `queryset` prefetches what these functions read.
    `changed_field` is the time of the last change: what changed lately is compared every five minutes.
    """

    model: type
    facets: Mapping[str, Callable[[Any], Iterable[str]]] = field(default_factory=dict)
    numbers: Mapping[str, Callable[[Any], int | None]] = field(default_factory=dict)
    location: Callable[[Any], tuple[float, float] | None] = lambda obj: None
    language: Callable[[Any], str] = lambda obj: DEFAULT_LANGUAGE
    listed: Callable[[Any], bool] = lambda obj: True
    queryset: Callable[[], Any] | None = None
    changed_field: str = ""


_described: dict[type, SearchDocument] = {}


def register(description: SearchDocument) -> None:
    """Register a description, from the `ready()` of the app that owns the model; the latest for a model holds."""
    _described[description.model] = description


def description_of(model: type) -> SearchDocument:
    """The description of the model or of the nearest model above it; a plain one where nobody described it."""
    for base in model.__mro__:
        if base in _described:
            return _described[base]
    return SearchDocument(model=model, language=_language_of)


def kind_of(model: type) -> str:
    """The name of the index that holds the model: that of its root, since keys are unique only there."""
    return get_model_root(model)._meta.label_lower


def document_of(obj: Any) -> Document:
    """The document of an object, with the text of its `search_fields`."""
    described = description_of(type(obj))
    texts: dict[str, list[str]] = {"title": [], "body": []}
    for place, text in texts_of(obj, obj.get_search_fields()):
        texts[place].append(text)
    numbers = {name: read(obj) for name, read in described.numbers.items()}
    return Document(
        pk=obj.pk,
        title="\n".join(dict.fromkeys(texts["title"])),
        body="\n".join(dict.fromkeys(texts["body"])),
        language=described.language(obj) or DEFAULT_LANGUAGE,
        facets={name: tuple(str(value) for value in read(obj)) for name, read in described.facets.items()},
        numbers={name: int(value) for name, value in numbers.items() if value is not None},
        location=described.location(obj),
        listed=bool(described.listed(obj)),
    )


def texts_of(obj: Any, fields: Iterable[Any]) -> Iterator[tuple[str, str]]:
    """Each text of the object with the place it belongs to: `title` for boosted fields, `body` for the rest."""
    for search_field in fields:
        value = search_field.get_value(obj)
        if isinstance(search_field, RelatedFields):
            related = value.all() if hasattr(value, "all") else [value]
            for other in filter(None, related):
                yield from texts_of(other, search_field.fields)
        elif isinstance(search_field, (SearchField, AutocompleteField)) and value:
            boosted = (getattr(search_field, "boost", None) or 1) > 1
            text = " ".join(str(part) for part in value) if isinstance(value, (list, tuple)) else str(value)
            yield ("title" if boosted or search_field.field_name == "title" else "body"), text


def _language_of(obj: Any) -> str:
    """The language of a translatable object, where it has one."""
    locale = getattr(obj, "locale", None)
    return getattr(locale, "language_code", DEFAULT_LANGUAGE)
