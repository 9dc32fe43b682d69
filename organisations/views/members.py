from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organisations.actions import invitation as invitation_actions
from organisations.actions import membership as membership_actions
from organisations.context_processors import choose
from organisations.forms.members import InvitationForm, RoleForm
from organisations.models import Membership, Organisation
from organisations.permissions import NotAllowed
from organisations.roles import Verb, may


@require_http_methods(["GET", "POST"])
def members(request, pk):
    """The people of an organisation and the invitations on their way. Only its administrators see this."""
    organisation = get_object_or_404(Organisation.objects.where_may(request.user, Verb.MANAGE_MEMBERS), pk=pk)
    form = InvitationForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _invited(form, organisation, request.user):
        messages.success(request, _("We sent an invitation to %(email)s.") % {"email": form.cleaned_data["email"]})
        return redirect("organisations:members", organisation.pk)
    context = {
        "organisation": organisation,
        "membership": choose(request, organisation.pk),
        "tab": "details",
        "form": form,
        "people": organisation.memberships.for_listing(),
        "has_coaches": organisation.gives_coaching,
        "invitations": organisation.invitations.unanswered().order_by("-sent_at", "pk"),
    }
    return render(request, "organisations/desk/members.html", context)


def _invited(form, organisation, user):
    try:
        invitation_actions.invite(organisation, form.cleaned_data["email"], form.cleaned_data["role"], by=user)
    except invitation_actions.AlreadyMember:
        form.add_error("email", _("This person belongs to your organisation already."))
    except NotAllowed:
        form.add_error(None, not_allowed(organisation))
    except invitation_actions.TooManyInvitations:
        form.add_error(None, _("Your organisation has sent many invitations. Wait an hour, then go on."))
    return form.is_valid()


@require_POST
def member_role(request, pk):
    """Makes a member an administrator, or the other way round."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user), pk=pk)
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            membership_actions.change_role(membership, form.cleaned_data["role"], by=request.user)
            messages.success(request, _("The role of %(person)s is changed.") % {"person": membership.user})
        except membership_actions.LastAdministrator:
            messages.error(request, _last_administrator())
        except NotAllowed:
            messages.error(request, not_allowed(membership.organisation))
    return _back(request, membership)


@require_http_methods(["GET", "POST"])
def member_remove(request, pk):
    """Asks first, then takes a person out of the organisation."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=pk)
    if request.method == "GET":
        context = {"removed": membership, "organisation": membership.organisation, "tab": "details"}
        context["membership"] = choose(request, membership.organisation_id)
        return render(request, "organisations/desk/member_remove.html", context)
    try:
        membership_actions.remove(membership, by=request.user)
        messages.success(request, _("%(person)s is no longer in your organisation.") % {"person": membership.user})
    except membership_actions.LastAdministrator:
        messages.error(request, _last_administrator())
    except NotAllowed:
        messages.error(request, not_allowed(membership.organisation))
    return _back(request, membership)


@require_http_methods(["GET", "POST"])
def organisation_leave(request, pk):
    """A person leaves an organisation, unless nobody would be left to administer it."""
    membership = get_object_or_404(Membership.objects.filter(user=request.user), organisation_id=pk)
    if request.method == "GET":
        context = {"organisation": membership.organisation, "tab": "details", "membership": choose(request, pk)}
        return render(request, "organisations/desk/leave.html", context)
    try:
        membership_actions.remove(membership, by=request.user)
    except membership_actions.LastAdministrator:
        messages.error(request, _last_administrator())
        return redirect("organisations:organisation_edit", pk)
    messages.success(request, _("You left %(name)s.") % {"name": membership.organisation.name})
    return redirect("organisations:desk")


def _last_administrator():
    return _("There must always be an administrator. Make somebody else an administrator first.")


def not_allowed(organisation):
    """The role, or the organisation's state, changed after the page was opened."""
    return _("Nothing was changed: you may not do this any more in %(name)s.") % {"name": organisation.name}


def _back(request, membership):
    """To the list of people, as long as this person may still see it."""
    if may(request.user, Verb.MANAGE_MEMBERS, membership.organisation):
        return redirect("organisations:members", membership.organisation_id)
    return redirect("organisations:desk")
