from dataclasses import asdict

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from search.forms import SiteSearchForm
from search.site.groups import search_groups
from search.site.suggestions import suggest

SECONDS_SUGGESTIONS_KEEP = 60


@login_not_required
@require_safe
def site_search(request):
    """The same words among jobs, guides, pages and organisations."""
    form = SiteSearchForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    groups = search_groups(text, request, literal=form.cleaned_data.get("exact", False)) if text else []
    context = {
        "form": form,
        "text": text,
        "groups": [
            {
                "name": group.name,
                "label": group.label,
                "total": results.total,
                "results": results.objects,
                "more": group.more(text) if group.more and results.total > len(results.objects) else "",
            }
            for group, results in groups
        ],
        "replaced": {word: near for _, results in groups for word, near in results.replaced.items()},
        "is_degraded": any(results.degraded for _, results in groups),
    }
    return render(request, "search/site_search.html", context)


@login_not_required
@require_safe
def suggestions(request):
    """What may be meant by what has been typed so far, as JSON for the search field."""
    rows = [asdict(suggestion) for suggestion in suggest(request.GET.get("q", ""))]
    answer = JsonResponse({"suggestions": rows, "told": _told(len(rows))})
    patch_cache_control(answer, public=True, max_age=SECONDS_SUGGESTIONS_KEEP)
    return answer


def _told(count):
    """What a screen reader says of the suggestions, which it does not see appear."""
    words = ngettext(
        "%(count)s suggestion. Arrow down to choose.", "%(count)s suggestions. Arrow down to choose.", count
    )
    return words % {"count": count} if count else ""
