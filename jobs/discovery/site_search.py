"""Jobs on the site-wide search page, and what the search fields suggest of jobs, places and organisations."""

from urllib.parse import quote

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.discovery.index import KIND
from jobs.discovery.search import Filters, search_filters_of
from jobs.postings.models import JobPosting
from organisations.models import Municipality, Organisation
from search.site.groups import Group, add_group
from search.site.suggestions import Source, add_source

MOST_TITLES = 20_000


def register():
    """Told once, when the app is ready."""
    add_group(
        Group(
            name="jobs",
            label=_("Jobs"),
            kind=KIND,
            public=lambda pks: JobPosting.objects.open().for_listing().filter(pk__in=pks),
            text=lambda posting: posting.fits or posting.easy_text,
            language=lambda posting: posting.language,
            filters=lambda: search_filters_of(Filters()),
            position=10,
            more=lambda text: f"{reverse('jobs:posting_list')}?q={quote(text)}",
        )
    )
    add_source(Source("titles", _("Job"), titles))
    add_source(Source("places", _("Municipality"), places))
    add_source(Source("organisations", _("Organisation"), organisations))


def titles():
    """The titles of open postings, the most usual first."""
    rows = JobPosting.objects.open().order_by().values_list("title").annotate(count=Count("pk"))
    return rows.order_by("-count", "title")[:MOST_TITLES]


def places():
    """The municipalities: each leads to the jobs there."""
    address = reverse("jobs:posting_list")
    return [(one.name, 1, f"{address}?kunta={one.code}") for one in Municipality.objects.all()]


def organisations():
    """The public organisations: each leads to its page."""
    found = Organisation.objects.public().only("pk", "name").order_by("name", "pk")
    return [(one.name, 1, one.get_absolute_url()) for one in found]
