"""Whole texts that are names: of a public organisation, or the title of an open posting."""

from jobs.postings.models import JobPosting
from organisations.models import Organisation
from search.analysis import fold
from search.caches import ProcessCache

SECONDS_KEPT = 300

_names: ProcessCache[frozenset[str]] = ProcessCache(seconds=SECONDS_KEPT)


def is_name(text):
    """Whether the text names something, capitals and marks forgiven; a name of the last minutes may be missing."""
    return fold(text) in _names.get("all", _read)


def forget():
    """Read the names anew at the next text that says a limit."""
    _names.forget()


def _read():
    titles = JobPosting.objects.open().order_by().values_list("title", flat=True).distinct()
    organisations = Organisation.objects.public().values_list("name", flat=True)
    return frozenset(fold(name) for names in (titles, organisations) for name in names)
