"""Staff decide on what a verified organisation wants to be known by: old and new side by side, and a question."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.ui.components import Component

from organisations.actions import change as actions
from organisations.forms.decision import ReasonForm
from organisations.models import DetailsChange
from organisations.permissions import can_verify_organisations
from organisations.wagtail_hooks.decisions import Decision
from portal.states import TransitionNotAllowed

DECISIONS = {
    decision.name: decision
    for decision in (
        Decision(
            actions.ACTS["accept"],
            _("Accept the change"),
            _("The new details are shown from now on. The organisation's administrators get an e-mail."),
            _("The new details of %(name)s are shown."),
        ),
        Decision(
            actions.ACTS["refuse"],
            _("Refuse the change"),
            _("The old details stay. The organisation's administrators get an e-mail with your reason."),
            _("The details of %(name)s stay as they were."),
            form=ReasonForm,
        ),
    )
}


def _change(request, pk):
    if not can_verify_organisations(request.user):
        raise PermissionDenied
    return get_object_or_404(DetailsChange.objects.select_related("organisation", "proposed_by"), pk=pk)


@require_safe
def organisation_change(request, pk):
    """What is shown now beside what is wanted; of a decided change, what became of it."""
    change = _change(request, pk)
    possible = [decision for decision in DECISIONS.values() if decision.act.is_possible(change)]
    context = {"change": change, "decisions": possible, "events": change.events.select_related("by")}
    return render(request, "organisations/admin/change.html", context)


@require_http_methods(["GET", "POST"])
def change_decide(request, pk, decision_name):
    change = _change(request, pk)
    if decision_name not in DECISIONS:
        raise Http404
    decision = DECISIONS[decision_name]
    form = decision.form(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        _decide(request, change, decision, form.cleaned_data)
        return redirect("organisation:change", change.pk)
    if not decision.act.is_possible(change):
        messages.warning(request, _late(change))
        return redirect("organisation:change", change.pk)
    context = {"organisation": change.organisation, "decision": decision, "form": form, "change": change}
    return render(request, "organisations/admin/organisation_decide.html", context)


def _decide(request, change, decision, answers):
    try:
        getattr(actions, decision.name)(change, **answers, by=request.user)
        messages.success(request, decision.done % {"name": change.organisation.name})
    except TransitionNotAllowed as refusal:
        messages.warning(request, _late(refusal.thing))
    except actions.NumbersDoNotFit:
        text = _("Nothing was changed: another organisation has one of these numbers, or none of them would be left.")
        messages.error(request, text)


def _late(change):
    return _("Nothing was changed. The state of the change is now: %(status)s.") % {
        "status": change.get_status_display()
    }


class ChangesPanel(Component):
    """On the first page of the admin: the changes that wait, the longest waiting first."""

    name = "waiting_changes"
    order = 125
    template_name = "organisations/admin/changes_panel.html"

    def get_context_data(self, parent_context):
        return {"changes": DetailsChange.objects.waiting().select_related("organisation")}
