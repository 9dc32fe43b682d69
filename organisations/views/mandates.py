from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from organisations.actions import mandate as actions
from organisations.context_processors import choose
from organisations.forms.mandates import MandateForm
from organisations.models import Mandate, Organisation
from organisations.roles import Verb, may
from organisations.views.rights import telling_change_of_rights
from portal.states import TransitionNotAllowed


@require_safe
def mandates(request, pk):
    """What an organisation lets others do, now and before. Its administrators see this."""
    organisation = get_object_or_404(Organisation.objects.where_may(request.user, Verb.REVOKE_MANDATES), pk=pk)
    given = Mandate.objects.visible_to(request.user).filter(giver=organisation).for_listing()
    context = {
        **_frame(request, organisation),
        "in_force": given.in_force().order_by("receiver__name", "pk"),
        "taken_back": given.revoked().order_by("-revoked_at", "pk"),
        "may_give": may(request.user, Verb.GIVE_MANDATES, organisation),
    }
    return render(request, "organisations/desk/mandates.html", context)


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def mandate_give(request, pk):
    """Chooses to whom and for what, asks once more, and gives."""
    organisation = get_object_or_404(Organisation.objects.where_may(request.user, Verb.GIVE_MANDATES), pk=pk)
    form = MandateForm(request.POST if request.method == "POST" else None, giver=organisation)
    is_confirming = request.method == "POST" and form.is_valid() and "change" not in request.POST
    if is_confirming and "confirmed" in request.POST and _given(form, organisation, request.user):
        name = form.cleaned_data["receiver"].name
        messages.success(request, _("The mandate is given to %(name)s.") % {"name": name})
        return redirect("organisations:mandates", organisation.pk)
    context = {**_frame(request, organisation), "form": form, "is_confirming": is_confirming and form.is_valid()}
    return render(request, "organisations/desk/mandate_give.html", context)


def _given(form, organisation, user):
    """Gives the mandate, or writes into the form why it was not given."""
    try:
        actions.give(organisation, form.cleaned_data["receiver"], form.cleaned_data["verbs"], by=user)
    except actions.AlreadyGiven:
        form.add_error("receiver", _("This organisation has a mandate from you already. Take that back first."))
    except actions.CannotReceive:
        form.add_error("receiver", _("This organisation cannot be given a mandate any more."))
    except actions.CannotBeGiven:
        form.add_error("verbs", _("Choose at least one."))
    return form.is_valid()


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def mandate_revoke(request, pk):
    """Asks first, then takes a mandate back."""
    revocable = Mandate.objects.revocable_by(request.user).for_listing()
    if request.method == "GET":
        mandate = get_object_or_404(revocable, pk=pk)
        context = {**_frame(request, mandate.giver), "mandate": mandate}
        return render(request, "organisations/desk/mandate_revoke.html", context)
    # A second click finds it taken back already: it is still theirs to see.
    mandate = get_object_or_404(Mandate.objects.given_by_those_of(request.user).for_listing(), pk=pk)
    try:
        actions.revoke(mandate, by=request.user)
        messages.success(request, _("The mandate of %(name)s is taken back.") % {"name": mandate.receiver.name})
    except TransitionNotAllowed:
        messages.info(request, _("The mandate of %(name)s was taken back already.") % {"name": mandate.receiver.name})
    return redirect("organisations:mandates", mandate.giver_id)


def _frame(request, organisation):
    return {"organisation": organisation, "membership": choose(request, organisation.pk), "tab": "details"}
