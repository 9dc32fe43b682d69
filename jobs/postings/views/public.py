"""A posting as everybody sees it: its page, on paper, and its last day for a calendar."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe
from icalendar import Calendar, Event

from jobs.postings.enums import CLOSED, VIEWS, PostingStatus
from jobs.postings.models import JobPosting
from jobs.postings.presentation import PostingPage
from portal import error_views
from portal.furniture import daily_counts


@login_not_required
@require_safe
def posting_detail(request, pk, slug=""):
    posting = JobPosting.objects.public().for_detail().filter(pk=pk).first()
    if posting is None:
        return _absent(request, pk)
    if slug != posting.slug:
        return redirect(posting, permanent=True)
    if posting.is_open:
        daily_counts.count(VIEWS, posting.pk)
    return render(request, "jobs/postings/posting_detail.html", {"shown": PostingPage.of(posting)})


def _absent(request, pk):
    """Gone for good if it was public once and is over; else it never existed for this reader, or is hidden just now."""
    over = {*CLOSED, PostingStatus.ARCHIVED, PostingStatus.PUBLISHED}
    rows = JobPosting.objects.was_public().exclude(JobPosting.objects.all().HIDDEN)
    if rows.filter(pk=pk, status__in=over).exists():
        return error_views.gone(request)
    raise Http404


@login_not_required
@require_safe
def posting_print(request, pk):
    """One sheet for the wall or the hand: the facts, the tasks, and the address as a QR code."""
    posting = get_object_or_404(JobPosting.objects.open().for_detail(), pk=pk)
    return render(request, "jobs/postings/posting_print.html", {"shown": PostingPage.of(posting)})


@login_not_required
@require_safe
def posting_calendar(request, pk):
    """The last day to apply, for a calendar."""
    posting = get_object_or_404(JobPosting.objects.open().select_related("organisation"), pk=pk)
    event = Event()
    event.add("uid", f"posting-{posting.pk}@{request.get_host()}")
    event.add("dtstamp", posting.published_at)
    event.add("dtstart", posting.application_deadline)
    event.add("summary", f"{posting.title}, {posting.organisation.name}")
    event.add("url", request.build_absolute_uri(posting.get_absolute_url()))
    calendar = Calendar()
    calendar.add("prodid", "-//Järjestötyö//FI")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    response = HttpResponse(calendar.to_ical(), content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="tyo-{posting.pk}.ics"'
    return response
