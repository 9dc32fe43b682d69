"""Staff's steps in the Wagtail admin: verify, pause, reopen, close. Each asks first and tells what happened."""

from collections.abc import Callable
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
from organisations.closing import consequences_for
from organisations.enums import OrganisationStatus
from organisations.forms.decision import DecisionForm, ReasonForm
from organisations.models import Organisation
from organisations.permissions import can_verify_organisations
from portal.states import Act, TransitionNotAllowed

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Decision:
    """One step that staff can take, in words; from which states it leads, its act says."""

    act: Act
    label: "_StrPromise"
    explanation: "_StrPromise"
    done: "_StrPromise"
    form: type[forms.Form] = DecisionForm
    is_serious: bool = False

    @property
    def name(self) -> str:
        return self.act.name

    @property
    def consequences(self) -> Callable[[Organisation], list[str]]:
        """What the page tells of before the step is taken: nothing, where the step only opens."""
        return (lambda organisation: []) if self.is_welcome else consequences_for

    @property
    def is_welcome(self) -> bool:
        return self.act.to == OrganisationStatus.VERIFIED


DECISIONS = (
    Decision(
        actions.ACTS["verify"],
        _("Verify"),
        _("The organisation gets a public page and its jobs can be published. Its administrators get an e-mail."),
        _("%(name)s is verified."),
    ),
    Decision(
        actions.ACTS["reopen"],
        _("Open again"),
        _("The organisation's jobs are shown again. Its administrators get an e-mail."),
        _("%(name)s is open again."),
    ),
    Decision(
        actions.ACTS["pause"],
        _("Pause"),
        _("The organisation's jobs are not shown until you open it again."),
        _("%(name)s is paused."),
        form=ReasonForm,
    ),
    Decision(
        actions.ACTS["close"],
        _("Close"),
        _("The organisation's page and jobs are no longer shown. This cannot be undone."),
        _("%(name)s is closed."),
        form=ReasonForm,
        is_serious=True,
    ),
)


def decisions_for(organisation):
    return [decision for decision in DECISIONS if decision.act.is_possible(organisation)]


@require_http_methods(["GET", "POST"])
def organisation_decide(request, pk, decision_name):
    if not can_verify_organisations(request.user):
        raise PermissionDenied
    organisation = get_object_or_404(Organisation, pk=pk)
    decision = next((decision for decision in DECISIONS if decision.name == decision_name), None)
    if decision is None:
        raise Http404
    form = decision.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _decide(request, organisation, decision, form.cleaned_data)
        return redirect("organisation:inspect", organisation.pk)
    if request.method == "GET" and not decision.act.is_possible(organisation):
        messages.warning(request, _late(organisation))
        return redirect("organisation:inspect", organisation.pk)
    context = {
        "organisation": organisation,
        "decision": decision,
        "form": form,
        "consequences": decision.consequences(organisation),
    }
    return render(request, "organisations/admin/organisation_decide.html", context)


def _decide(request, organisation, decision, answers):
    """Takes the step once: a second click and a colleague who was faster are told the outcome."""
    try:
        getattr(actions, decision.name)(organisation, **answers, by=request.user)
        messages.success(request, decision.done % {"name": organisation.name})
    except TransitionNotAllowed as refusal:
        messages.warning(request, _late(refusal.thing))


def _late(organisation):
    return _("Nothing was changed. The state of %(name)s is now: %(status)s.") % {
        "name": organisation.name,
        "status": organisation.get_status_display(),
    }
