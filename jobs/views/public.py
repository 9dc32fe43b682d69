from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from icalendar import Calendar, Event

from jobs import facts, listing
from jobs.enums import CLOSED, PostingStatus
from jobs.finding import PAGE_SIZE, Filters, find
from jobs.forms.search import QuickSearchForm, SearchForm
from jobs.models import JobPosting
from portal import error_views
from portal.context_processors import SAVED_COOKIE, saved_keys

SIMILAR = 3
KEEP_SAVED = 365 * 24 * 3600  # seconds


@login_not_required
@require_safe
def posting_list(request):
    form = SearchForm(request.GET)
    form.full_clean()
    number = _page_number(request)
    found = find(
        form.filters,
        form.text,
        order=form.order,
        offset=(number - 1) * PAGE_SIZE,
        with_counts=True,
        literal=form.is_literal,
    )
    is_fragment = bool(request.htmx) and not request.htmx.history_restore_request
    template = "jobs/includes/results.html" if is_fragment else "jobs/posting_list.html"
    response = render(request, template, _list_context(request, form, found, number) | {"is_fragment": is_fragment})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page_number(request):
    """The asked page; what is no number is a page that does not exist."""
    number = request.GET.get("page", "1")
    if not number.isascii() or not number.isdecimal() or len(number) > 6 or number == "0":
        raise Http404
    return int(number)


def _list_context(request, form, found, number):
    if number > 1 and (number - 1) * PAGE_SIZE >= found.listed:
        raise Http404
    hits = max(found.total - (number - 1) * PAGE_SIZE, 0)
    return {
        "search_form": form,
        "quick_form": QuickSearchForm(request.GET, municipalities=form.fields["kunta"].choices),
        "title": listing.title(form, found.total),
        "facets": listing.facets(form, found.facets),
        "chips": listing.chips(form, request.GET),
        "chosen_count": len(form.filters),
        "page": Paginator(range(found.listed), PAGE_SIZE).page(number),
        "postings": found.objects[:hits],
        "resembling": found.objects[hits:],
        "found": found,
        "understood": listing.understood(found, request.GET),
        "orders": listing.orders(form, request.GET),
        "order_words": listing.order_words(form),
        "removals": [] if found.total else listing.removals(form, request.GET),
        "nearby": [] if found.total else listing.nearby(form, request.GET),
        "places_meant": listing.places_meant(form, request.GET),
        "list_url": reverse("jobs:posting_list"),
    }


@login_not_required
@require_safe
def posting_detail(request, pk, slug=""):
    posting = JobPosting.objects.public().for_detail().filter(pk=pk).first()
    if posting is None:
        return _absent(request, pk)
    if slug != posting.slug:
        return redirect(posting, permanent=True)
    if posting.is_open:
        JobPosting.objects.filter(pk=pk).update(view_count=F("view_count") + 1)
    context = detail_context(posting) | {"is_saved": str(pk) in saved_keys(request)}
    return render(request, "jobs/posting_detail.html", context)


def detail_context(posting):
    """What the posting's own page, its preview and its print show."""
    alike = find(Filters(task_fields=(posting.task_field.code,)), limit=SIMILAR + 1) if posting.task_field else None
    return {
        "posting": posting,
        "facts": facts.page_facts(posting),
        "marks": facts.marks(posting),
        "plain_marks": facts.plain_marks(posting),
        "text_is_foreign": facts.foreign_text(posting),
        "tasks": facts.task_shares(posting),
        "demands": facts.demand_rows(posting),
        "support": facts.support_lines(posting),
        "licences": facts.licence_words(posting),
        "pay": facts.pay(posting),
        "days_left": facts.days_left(posting),
        "is_closed": not posting.is_open,
        "is_preview": False,
        "similar": [one for one in alike.objects if one.pk != posting.pk][:SIMILAR] if alike else [],
    }


def _absent(request, pk):
    """Gone for good if it was public once and is over; else it never existed for this reader."""
    over = {*CLOSED, PostingStatus.ARCHIVED, PostingStatus.PUBLISHED}
    if JobPosting.objects.was_public().filter(pk=pk, status__in=over).exists():
        return error_views.gone(request)
    raise Http404


@login_not_required
@require_safe
def posting_print(request, pk):
    """One sheet for the wall or the hand: the facts, the tasks, and the address as a QR code."""
    posting = get_object_or_404(JobPosting.objects.open().for_detail(), pk=pk)
    return render(request, "jobs/posting_print.html", detail_context(posting))


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


@login_not_required
@require_safe
def saved_postings(request):
    """The postings that this browser has saved; those that closed are told, not hidden."""
    keys = [int(key) for key in saved_keys(request)][:100]
    found = {posting.pk: posting for posting in JobPosting.objects.public().for_listing().filter(pk__in=keys)}
    postings = [found[key] for key in reversed(keys) if key in found]
    return render(request, "jobs/saved_postings.html", {"postings": postings, "gone": len(keys) - len(postings)})


@login_not_required
@csrf_exempt  # it changes nothing but this browser's own cookie, and a token would keep the lists out of caches
@require_POST
def posting_save(request):
    """Saves a posting in this browser's own cookie, or forgets it. Without script: the button's form."""
    posting = get_object_or_404(JobPosting.objects.public(), pk=_number(request.POST.get("posting")))
    keys, key = saved_keys(request), str(posting.pk)
    keys = [one for one in keys if one != key] if key in keys else [*keys[-99:], key]
    response = redirect(posting)
    response.set_cookie(SAVED_COOKIE, ".".join(keys), max_age=KEEP_SAVED, samesite="Lax", secure=request.is_secure())
    return response


def _number(text):
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 18 else 0
