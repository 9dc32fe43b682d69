from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.context_processors import choose
from organisations.forms.members import ServedMunicipalitiesForm
from organisations.models import Membership
from organisations.views.rights import telling_change_of_rights


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def coach_municipalities(request, pk):
    """An administrator names the municipalities that a coach serves."""
    coaches = Membership.objects.visible_to(request.user).coaches().select_related("user", "organisation")
    coach = get_object_or_404(coaches, pk=pk)
    form = ServedMunicipalitiesForm(request.POST if request.method == "POST" else None, coach=coach)
    if request.method == "POST" and form.is_valid() and form.is_saved(by=request.user):
        messages.success(request, _("The municipalities of %(person)s are saved.") % {"person": coach.user})
        return redirect("organisations:members", coach.organisation_id)
    context = {
        "coach": coach,
        "organisation": coach.organisation,
        "membership": choose(request, coach.organisation_id),
        "tab": "details",
        "form": form,
    }
    return render(
        request, "organisations/desk/coach_municipalities.html", context, status=409 if form.conflicts else 200
    )
