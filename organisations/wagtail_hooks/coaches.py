"""Staff name the municipalities that a coach serves, where the organisation's administrator has not."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from organisations.forms.members import ServedMunicipalitiesForm
from organisations.models import Membership
from organisations.permissions import can_verify_organisations
from organisations.views.rights import telling_refusal


@require_http_methods(["GET", "POST"])
@telling_refusal(_("Nothing was changed: this organisation does not give coaching any more."), "organisation:inspect")
def coach_municipalities(request, pk, membership_pk):
    if not can_verify_organisations(request.user):
        raise PermissionDenied
    coaches = Membership.objects.coaches().select_related("user", "organisation")
    coach = get_object_or_404(coaches, pk=membership_pk, organisation=pk)
    form = ServedMunicipalitiesForm(request.POST if request.method == "POST" else None, coach=coach)
    form.fields["municipalities"].widget = CheckboxSelectMultiple(choices=form.fields["municipalities"].choices)
    if request.method == "POST" and form.is_valid() and form.is_saved(by=request.user):
        messages.success(request, gettext("The municipalities of %(person)s are saved.") % {"person": coach.user})
        return redirect("organisation:inspect", pk)
    status = 409 if form.conflicts else 200
    return render(
        request, "organisations/admin/coach_municipalities.html", {"coach": coach, "form": form}, status=status
    )
