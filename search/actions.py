"""Changes of what the search knows."""

import json
import lzma
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.db import transaction

from search.models import Concept
from search.query.names import forget_names

ESCO = Path(__file__).with_name("data") / "esco-occupations.json.xz"
READ = ("uri", "notation", "broader", "label_fi", "label_sv", "label_en")


class Loaded(NamedTuple):
    """How many names a file has, and whether they were written or there already."""

    number: int
    is_written: bool


@transaction.atomic
def load_concepts(path: str | Path = ESCO) -> Loaded:
    """Read ESCO's occupations and groups from a file in the place of those read before, unless they are the same.

    The file, packed where its name ends in .xz, is a JSON list of objects with `uri`, `notation`, `prefLabel` (fi, sv,
    en) and `broader` (addresses). Raises OSError for a file that cannot be read and ValueError for one that is
    something else.
    """
    rows = _rows(Path(path))
    try:
        concepts = {row["uri"]: _concept(row) for row in rows}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"A concept lacks {error}.") from error
    wanted = {tuple(getattr(concept, field) for field in READ) for concept in concepts.values()}
    is_written = wanted != set(Concept.objects.values_list(*READ))
    if is_written:
        Concept.objects.all().delete()
        Concept.objects.bulk_create(concepts.values(), batch_size=500)
        transaction.on_commit(forget_names)
    return Loaded(len(concepts), is_written)


def set_up_concepts() -> None:
    """Give an empty site the names that lie here. What staff have read from a file of their own is left."""
    if settings.LOAD_ESCO and not Concept.objects.exists():
        load_concepts()


def _rows(path: Path) -> list[Any]:
    content = path.read_bytes()
    try:
        rows = json.loads(lzma.decompress(content) if path.suffix == ".xz" else content)
    except lzma.LZMAError as error:
        raise ValueError(f"The file cannot be unpacked: {error}") from error
    if not isinstance(rows, list):
        raise ValueError("The file is not a list of concepts.")
    return rows


def _concept(row: dict[str, Any]) -> Concept:
    names = {language: row["prefLabel"].get(language, "") for language in ("fi", "sv", "en")}
    return Concept(
        uri=row["uri"],
        notation=row.get("notation", ""),
        broader=next(iter(row.get("broader", ())), ""),
        # ESCO has spaces before, after and within some names.
        **{f"label_{language}": " ".join(name.split()) for language, name in names.items()},
    )
