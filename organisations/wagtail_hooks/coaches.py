"""Staff name the municipalities that a coach serves, where the organisation's administrator has not."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import CheckboxSelectMultiple
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.forms.members import ServedMunicipalitiesForm
from organisations.models import Membership
from organisations.permissions import NotAllowed, can_verify_organisations


@require_http_methods(["GET", "POST"])
def coach_municipalities(request, pk, membership_pk):
    if not can_verify_organisations(request.user):
        raise PermissionDenied
    coaches = Membership.objects.coaches().select_related("user", "organisation")
    coach = get_object_or_404(coaches, pk=membership_pk, organisation=pk)
    form = ServedMunicipalitiesForm(request.POST if request.method == "POST" else None, coach=coach)
    form.fields["municipalities"].widget = CheckboxSelectMultiple(choices=form.fields["municipalities"].choices)
    try:
        is_saved = request.method == "POST" and form.is_valid() and form.is_saved(by=request.user)
    except NotAllowed:
        messages.warning(request, _("Nothing was changed: this organisation does not give coaching any more."))
        return redirect("organisation:inspect", pk)
    if is_saved:
        messages.success(request, _("The municipalities of %(person)s are saved.") % {"person": coach.user})
        return redirect("organisation:inspect", pk)
    context, status = {"coach": coach, "form": form}, 409 if form.conflicts else 200
    return render(request, "organisations/admin/coach_municipalities.html", context, status=status)
