from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from organisations.actions import invitation as invitation_actions
from organisations.actions import membership as membership_actions
from organisations.context_processors import choose
from organisations.enums import MembershipRole
from organisations.forms.members import InvitationForm, RoleForm
from organisations.models import Membership, Organisation
from organisations.roles import Verb, may
from organisations.views.invitations import INVITATIONS_WAIT, TOO_MANY_INVITATIONS
from organisations.views.questions import Question, ask
from organisations.views.rights import telling_change_of_rights


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
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
    except invitation_actions.TooManyInvitations:
        form.add_error(None, TOO_MANY_INVITATIONS)
    except invitation_actions.NotVerifiedYet:
        form.add_error(None, INVITATIONS_WAIT)
    return form.is_valid()


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def member_role(request, pk):
    """Asks first, then makes a member an administrator, or the other way round."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=pk)
    if request.method == "GET":
        return ask(request, membership.organisation, _role_question(membership))
    form = RoleForm(request.POST)
    if form.is_valid():
        try:
            membership_actions.change_role(membership, form.cleaned_data["role"], by=request.user)
            messages.success(request, _("The role of %(person)s is changed.") % {"person": membership.user})
        except membership_actions.LastAdministrator:
            messages.error(request, _last_administrator())
    return _back(request, membership)


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def member_remove(request, pk):
    """Asks first, then takes a person out of the organisation."""
    membership = get_object_or_404(Membership.objects.visible_to(request.user).select_related("user"), pk=pk)
    if request.method == "GET":
        return ask(request, membership.organisation, _removal_question(membership))
    try:
        membership_actions.remove(membership, by=request.user)
        messages.success(request, _("%(person)s is no longer in your organisation.") % {"person": membership.user})
    except membership_actions.LastAdministrator:
        messages.error(request, _last_administrator())
    return _back(request, membership)


@require_http_methods(["GET", "POST"])
def organisation_leave(request, pk):
    """A person leaves an organisation, unless nobody would be left to administer it."""
    membership = get_object_or_404(Membership.objects.filter(user=request.user), organisation_id=pk)
    if request.method == "GET":
        return ask(request, membership.organisation, _leaving_question(membership.organisation))
    try:
        membership_actions.remove(membership, by=request.user)
    except membership_actions.LastAdministrator:
        messages.error(request, _last_administrator())
        return redirect("organisations:organisation_edit", pk)
    messages.success(request, _("You left %(name)s.") % {"name": membership.organisation.name})
    return redirect("organisations:desk")


def _role_question(membership):
    """The other of the two roles."""
    names = {"person": membership.user, "name": membership.organisation.name}
    back_url = reverse("organisations:members", args=[membership.organisation_id])
    if membership.is_admin:
        text = _("%(person)s can then no longer invite people or edit the details of %(name)s.") % names
        return Question(_("Make a member"), text, _("Make a member"), back_url, role=MembershipRole.MEMBER)
    text = _("%(person)s can then also invite people, change their roles and edit the details of %(name)s.") % names
    title = _("Make an administrator")
    return Question(title, text, title, back_url, is_serious=False, role=MembershipRole.ADMIN)


def _removal_question(membership):
    text = _("%(person)s can no longer see the jobs and applications of %(name)s. What this person has done stays.")
    text = text % {"person": membership.user, "name": membership.organisation.name}
    back_url = reverse("organisations:members", args=[membership.organisation_id])
    return Question(_("Remove a member"), text, _("Remove"), back_url)


def _leaving_question(organisation):
    text = _("You will no longer see the jobs and applications of %(name)s. You can come back if somebody invites you.")
    back_url = reverse("organisations:organisation_edit", args=[organisation.pk])
    return Question(_("Leave the organisation"), text % {"name": organisation.name}, _("Leave"), back_url)


def _last_administrator():
    return _("There must always be an administrator. Make somebody else an administrator first.")


def _back(request, membership):
    """To the list of people, as long as this person may still see it."""
    if may(request.user, Verb.MANAGE_MEMBERS, membership.organisation):
        return redirect("organisations:members", membership.organisation_id)
    return redirect("organisations:desk")
