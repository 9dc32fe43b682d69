"""The list of open jobs, and the jobs that a browser has saved."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from jobs.discovery import results
from jobs.discovery.forms import SearchForm
from jobs.discovery.search import PAGE_SIZE, search
from jobs.discovery.ways_on import WaysOn
from jobs.postings.models import JobPosting
from portal.context_processors import SAVED_COOKIE, saved_keys
from portal.numbers import whole_number

KEEP_SAVED = 365 * 24 * 3600  # seconds
LAST_PAGE = 999_999


@login_not_required
@require_safe
def posting_list(request):
    form = SearchForm(request.GET)
    form.full_clean()
    number = _page_number(request)
    ways_on = WaysOn.possible(form, request.GET)
    answer = search(
        form.filters,
        form.text,
        order=form.order,
        offset=(number - 1) * PAGE_SIZE,
        with_counts=True,
        literal=form.is_literal,
        otherwise=ways_on.variations,
    )
    if number > 1 and (number - 1) * PAGE_SIZE >= answer.listed:
        raise Http404
    is_fragment = bool(request.htmx) and not request.htmx.history_restore_request
    template = "jobs/discovery/includes/results.html" if is_fragment else "jobs/discovery/posting_list.html"
    shown = results.ResultsPage.of(form, answer, number, request.GET, ways_on)
    response = TemplateResponse(request, template, {"shown": shown, "is_fragment": is_fragment})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page_number(request):
    """The asked page; what is no number is a page that does not exist."""
    number = whole_number(request.GET.get("page", "1"), LAST_PAGE)
    if not number:
        raise Http404
    return number


@login_not_required
@require_safe
def saved_postings(request):
    """The postings that this browser has saved; those that closed are told, not hidden."""
    keys = [int(key) for key in saved_keys(request)][:100]
    public = {posting.pk: posting for posting in JobPosting.objects.public().for_listing().filter(pk__in=keys)}
    postings = [public[key] for key in reversed(keys) if key in public]
    return render(
        request, "jobs/discovery/saved_postings.html", {"postings": postings, "gone": len(keys) - len(postings)}
    )


@login_not_required
@csrf_exempt  # it changes nothing but this browser's own cookie, and a token would keep the lists out of caches
@require_POST
def posting_save(request):
    """Saves a posting in this browser's own cookie, or forgets it. Without script: the button's form."""
    posting = get_object_or_404(JobPosting.objects.public(), pk=whole_number(request.POST.get("posting")))
    keys, key = saved_keys(request), str(posting.pk)
    keys = [saved for saved in keys if saved != key] if key in keys else [*keys[-99:], key]
    response = redirect(posting)
    response.set_cookie(SAVED_COOKIE, ".".join(keys), max_age=KEEP_SAVED, samesite="Lax", secure=request.is_secure())
    return response
