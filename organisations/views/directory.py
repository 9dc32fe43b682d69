from dataclasses import dataclass

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Page, Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisations.forms.directory import DirectoryForm
from organisations.models import ActivityField, Municipality, Organisation

PAGE_SIZE = 20


@dataclass(frozen=True)
class Facet:
    """A group of limits beside the list: its name in the address and its choices with their counts."""

    name: str
    title: str
    options: list[dict]
    counted: str = "associations"


@dataclass(frozen=True)
class Directory:
    """What the directory shows: one page of organisations, the limits, and how the address was understood."""

    page: Page
    title: str
    chips: list[dict]
    facets: list[Facet]
    has_unknown: bool
    is_fragment: bool


@login_not_required
@require_safe
def organisation_list(request):
    """The directory: every limit is a link or a tick in a form whose address can be shared."""
    activity_fields = list(ActivityField.objects.all())
    municipalities = list(Municipality.objects.all())
    form = DirectoryForm(request.GET, activity_fields=activity_fields, municipalities=municipalities)
    form.is_valid()
    chosen = form.cleaned_data
    by_field = Organisation.objects.public().matching(municipality=chosen["kunta"]).count_by_field()
    by_municipality = Organisation.objects.public().matching(field=chosen["ala"]).count_by_municipality()
    page = _page(request, chosen, by_municipality)
    chips = _chips(request, chosen, {"ala": activity_fields, "kunta": municipalities})
    facets = [
        Facet("ala", _("Field of activity"), _options(activity_fields, chosen["ala"], by_field)),
        Facet("kunta", _("Municipality"), _options(municipalities, chosen["kunta"], by_municipality)),
    ]
    directory = Directory(
        page=page,
        title=_title(chips, page.paginator.count),
        chips=chips,
        facets=[facet for facet in facets if facet.options],
        has_unknown=form.has_unknown,
        is_fragment=bool(request.htmx) and not request.htmx.history_restore_request,
    )
    whole, part = "organisations/organisation_list.html", "organisations/includes/directory.html"
    response = render(request, part if directory.is_fragment else whole, {"directory": directory})
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page(request, chosen, by_municipality):
    organisations = Organisation.objects.public().matching(field=chosen["ala"], municipality=chosen["kunta"])
    paginator = Paginator(organisations.for_listing().in_alphabetical_order(), PAGE_SIZE)
    # Every organisation has one municipality, so the counts beside the choices add up to the whole: one query less.
    paginator.count = sum(by_municipality.get(code, 0) for code in chosen["kunta"] or by_municipality)
    return paginator.get_page(request.GET.get("page"))


def _title(chips, count):
    """What is shown and how many: "Sports, Lieksa – 3 associations"."""
    shown = ", ".join(chip["text"] for chip in chips) or _("North Karelia")
    number = ngettext("%(count)s association", "%(count)s associations", count) % {"count": count}
    return f"{shown} – {number}"


def _options(words, chosen, counts):
    return [
        {"value": word.code, "label": word.name, "count": counts.get(word.code, 0), "chosen": word.code in chosen}
        for word in words
        if counts.get(word.code) or word.code in chosen
    ]


def _chips(request, chosen, words):
    """One chip for each chosen limit, whose address is the present one without it."""
    chips = []
    for name, codes in chosen.items():
        for word in words[name]:
            if word.code in codes:
                rest = request.GET.copy()
                rest.pop("page", None)
                rest.setlist(name, [code for code in codes if code != word.code])
                query = rest.urlencode()
                chips.append({"text": word.name, "url": f"{request.path}?{query}" if query else request.path})
    return chips


@login_not_required
@require_safe
def organisation_detail(request, pk, slug):
    """The public page; its own people and moderators see it before it is public too."""
    shown = Organisation.objects.public() | Organisation.objects.visible_to(request.user)
    organisation = get_object_or_404(shown.for_detail(), pk=pk)
    if slug != organisation.slug:
        return redirect(organisation, permanent=True)
    return render(request, "organisations/organisation_detail.html", {"organisation": organisation})
