"""Staff's steps in the Wagtail admin: verify, pause, reopen, close. Each asks first and tells what happened."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from organisations.actions import organisation as actions
from organisations.enums import OrganisationStatus
from organisations.forms.decision import DecisionForm, ReasonForm
from organisations.models import Organisation
from organisations.permissions import can_verify_organisations

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Decision:
    """One step that staff can take: from which states, in which words."""

    name: str
    target: OrganisationStatus
    label: "_StrPromise"
    explanation: "_StrPromise"
    done: "_StrPromise"
    form: type[forms.Form] = DecisionForm
    is_serious: bool = False
    only_from: OrganisationStatus | None = None

    def is_possible(self, organisation):
        return organisation.allows(self.target) and self.only_from in {None, organisation.status}


DECISIONS = (
    Decision(
        "verify",
        OrganisationStatus.VERIFIED,
        _("Verify"),
        _("The organisation gets a public page and its jobs can be published. Its administrators get an e-mail."),
        _("%(name)s is verified."),
        only_from=OrganisationStatus.PENDING,
    ),
    Decision(
        "reopen",
        OrganisationStatus.VERIFIED,
        _("Open again"),
        _("The organisation's jobs are shown again. Its administrators get an e-mail."),
        _("%(name)s is open again."),
        only_from=OrganisationStatus.PAUSED,
    ),
    Decision(
        "pause",
        OrganisationStatus.PAUSED,
        _("Pause"),
        _("The organisation's jobs are not shown until you open it again."),
        _("%(name)s is paused."),
        form=ReasonForm,
    ),
    Decision(
        "close",
        OrganisationStatus.CLOSED,
        _("Close"),
        _("The organisation's page and jobs are no longer shown. This cannot be undone."),
        _("%(name)s is closed."),
        form=ReasonForm,
        is_serious=True,
    ),
)


def decisions_for(organisation):
    return [decision for decision in DECISIONS if decision.is_possible(organisation)]


@require_http_methods(["GET", "POST"])
def organisation_decide(request, pk, decision_name):
    if not can_verify_organisations(request.user):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation, pk=pk)
    decision = next((one for one in DECISIONS if one.name == decision_name), None)
    if decision is None:
        raise Http404
    form = decision.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _decide(request, organisation, decision, form.cleaned_data)
        return redirect("organisation:inspect", organisation.pk)
    if request.method == "GET" and not decision.is_possible(organisation):
        messages.warning(request, _late(organisation))
        return redirect("organisation:inspect", organisation.pk)
    context = {"organisation": organisation, "decision": decision, "form": form}
    return render(request, "organisations/admin/organisation_decide.html", context)


def _decide(request, organisation, decision, answers):
    """Takes the step once: a second click and a colleague who was faster are told the outcome."""
    try:
        is_new = getattr(actions, decision.name)(organisation, **answers, by=request.user)
    except actions.TransitionNotAllowed:
        is_new = False
    if is_new:
        messages.success(request, decision.done % {"name": organisation.name})
    else:
        organisation.refresh_from_db(fields=["status"])
        messages.warning(request, _late(organisation))


def _late(organisation):
    return _("Nothing was changed. The state of %(name)s is now: %(status)s.") % {
        "name": organisation.name,
        "status": organisation.get_status_display(),
    }
