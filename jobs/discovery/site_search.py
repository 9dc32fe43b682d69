"""Jobs on the site-wide search page, and what the search fields suggest of jobs, fields, places and organisations."""

from urllib.parse import quote

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.discovery.index import KIND
from jobs.discovery.search import Filters, search_filters_of
from jobs.postings.models import JobPosting
from organisations.models import Municipality, Organisation, TaskField
from search.site import groups, suggestions
from search.site.groups import Group
from search.site.suggestions import Source

MOST_TITLES = 20_000


def register():
    """Told once, when the app is ready."""
    groups.register(
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
    suggestions.register(Source("titles", _("Job"), titles))
    suggestions.register(Source("fields", _("Field of work"), fields))
    suggestions.register(Source("places", _("Municipality"), places))
    suggestions.register(Source("organisations", _("Organisation"), organisations))


def titles():
    """The titles of open postings, the most usual first."""
    rows = JobPosting.objects.open().order_by().values_list("title").annotate(count=Count("pk"))
    return rows.order_by("-count", "title")[:MOST_TITLES]


def fields():
    """The fields of work: each leads to its jobs."""
    return _limits("ala", TaskField.objects.all())


def places():
    """The municipalities: each leads to the jobs there."""
    return _limits("kunta", Municipality.objects.all())


def _limits(name, choices):
    address = reverse("jobs:posting_list")
    return [(choice.name, 1, f"{address}?{name}={choice.code}") for choice in choices]


def organisations():
    """The public organisations: each leads to its page."""
    public = Organisation.objects.public().only("pk", "name").order_by("name", "pk")
    return [(organisation.name, 1, organisation.get_absolute_url()) for organisation in public]
