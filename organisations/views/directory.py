from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from organisations.forms.directory import DirectoryForm
from organisations.models import ActivityField, Municipality, Organisation

PAGE_SIZE = 20


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
    context = {
        "page": page,
        "title": _title(chips, page.paginator.count),
        "is_fragment": bool(request.htmx) and not request.htmx.history_restore_request,
        "chips": chips,
        "field_options": _options(activity_fields, chosen["ala"], by_field),
        "municipality_options": _options(municipalities, chosen["kunta"], by_municipality),
        "has_unknown": form.has_unknown,
    }
    whole, part = "organisations/organisation_list.html", "organisations/includes/directory.html"
    response = render(request, part if context["is_fragment"] else whole, context)
    patch_vary_headers(response, ["HX-Request"])
    return response


def _page(request, chosen, by_municipality):
    found = Organisation.objects.public().matching(field=chosen["ala"], municipality=chosen["kunta"])
    paginator = Paginator(found.for_listing().in_alphabetical_order(), PAGE_SIZE)
    # Every organisation has one municipality, so the counts beside the choices add up to the whole: one query less.
    paginator.count = sum(by_municipality.get(code, 0) for code in chosen["kunta"] or by_municipality)
    return paginator.get_page(request.GET.get("page"))


def _title(chips, count):
    """What is shown and how many: "Sports, Lieksa – 3 associations"."""
    shown = ", ".join(chip["text"] for chip in chips) or _("North Karelia")
    number = ngettext("%(count)s association", "%(count)s associations", count) % {"count": count}
    return f"{shown} – {number}"


def _options(things, chosen, counts):
    return [
        {"value": one.code, "label": one.name, "count": counts.get(one.code, 0), "chosen": one.code in chosen}
        for one in things
        if counts.get(one.code) or one.code in chosen
    ]


def _chips(request, chosen, things):
    """One chip for each chosen limit, whose address is the present one without it."""
    chips = []
    for name, codes in chosen.items():
        for one in things[name]:
            if one.code in codes:
                rest = request.GET.copy()
                rest.pop("page", None)
                rest.setlist(name, [code for code in codes if code != one.code])
                query = rest.urlencode()
                chips.append({"text": one.name, "url": f"{request.path}?{query}" if query else request.path})
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
