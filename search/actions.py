"""Changes of what the search knows."""

import json
from pathlib import Path
from typing import Any

from django.db import transaction

from search.models import Concept
from search.query.names import forget_names


@transaction.atomic
def load_concepts(path: str | Path) -> int:
    """Read ESCO's occupations and groups from a JSON file in the place of those read before; gives their number.

    The file is a list of objects with `uri`, `notation`, `prefLabel` (fi, sv, en) and `broader` (addresses). Raises
    OSError for a file that cannot be read and ValueError for one that is something else.
    """
    rows = json.loads(Path(path).read_text(encoding="utf-8"))
    if not isinstance(rows, list):
        raise ValueError("The file is not a list of concepts.")
    try:
        concepts = {row["uri"]: _concept(row) for row in rows}
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"A concept lacks {error}.") from error
    Concept.objects.all().delete()
    Concept.objects.bulk_create(concepts.values(), batch_size=500)
    transaction.on_commit(forget_names)
    return len(concepts)


def _concept(row: dict[str, Any]) -> Concept:
    labels = {f"label_{language}": row["prefLabel"].get(language, "") for language in ("fi", "sv", "en")}
    return Concept(
        uri=row["uri"], notation=row.get("notation", ""), broader=next(iter(row.get("broader", ())), ""), **labels
    )
