from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organisations.actions import invitation as actions
from organisations.context_processors import choose
from organisations.enums import OrganisationStatus
from organisations.models import Invitation, Membership
from organisations.views.questions import Question, ask
from organisations.views.rights import telling_change_of_rights
from portal.furniture.links import opened
from portal.states import TooLate, TransitionNotAllowed

TOO_MANY_INVITATIONS = gettext_lazy("Your organisation has sent many invitations. Wait an hour, then go on.")
INVITATIONS_WAIT = gettext_lazy(
    "You can send three invitations before your organisation is verified. You can invite more people after that."
)


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def invitation_resend(request, pk):
    """Asks first, then sends the invitation with a new link."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        text = _("We send %(email)s a new link. It works for 14 days. The old link stops working.")
        return _asked(request, invitation, actions.SEND_AGAIN, text, (_("Send the invitation again"), _("Send again")))
    try:
        actions.resend(invitation, by=request.user)
        messages.success(request, _("We sent the invitation to %(email)s again.") % {"email": invitation.email})
    except TransitionNotAllowed:
        messages.error(request, _over())
    except actions.TooManyInvitations:
        messages.error(request, TOO_MANY_INVITATIONS)
    except actions.NotVerifiedYet:
        messages.error(request, INVITATIONS_WAIT)
    return redirect("organisations:members", invitation.organisation_id)


@require_http_methods(["GET", "POST"])
@telling_change_of_rights
def invitation_revoke(request, pk):
    """Asks first, then ends the invitation."""
    invitation = get_object_or_404(Invitation.objects.visible_to(request.user), pk=pk)
    if request.method == "GET":
        text = _("The link that was sent to %(email)s stops working. You can invite the same person later.")
        return _asked(request, invitation, actions.REVOKE, text, (_("Revoke the invitation"), _("Revoke")))
    try:
        actions.revoke(invitation, by=request.user)
        messages.success(request, _("The invitation to %(email)s is revoked.") % {"email": invitation.email})
    except TransitionNotAllowed:
        messages.error(request, _over())
    return redirect("organisations:members", invitation.organisation_id)


def _asked(request, invitation, act, text, words):
    """The question before the act, or the list of people where the act is not possible any more."""
    if not act.is_possible(invitation):
        messages.error(request, _over())
        return redirect("organisations:members", invitation.organisation_id)
    back_url = reverse("organisations:members", args=[invitation.organisation_id])
    title, button = words
    is_serious = act == actions.REVOKE
    question = Question(title, text % {"email": invitation.email}, button, back_url, is_serious=is_serious)
    return ask(request, invitation.organisation, question)


def _over():
    return _("This invitation has been answered or revoked already.")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def invitation_accept(request, token):
    """The page behind the link of an invitation. Signed in with the invited address, one button makes a member."""
    invitation = opened(Invitation.objects.select_related("organisation"), token)
    if not request.user.is_authenticated:
        return _answer(request, invitation)
    if request.method == "POST":
        try:
            membership = actions.accept(invitation, by=request.user)
        except (TransitionNotAllowed, TooLate, actions.WrongAddress):
            return _answer(request, invitation)
        vars(request).pop("_memberships", None)
        choose(request, membership.organisation_id)
        messages.success(request, _("Welcome! You are now in %(name)s.") % {"name": invitation.organisation.name})
        return redirect("organisations:desk")
    if Membership.objects.filter(user=request.user, organisation=invitation.organisation).exists():
        choose(request, invitation.organisation_id)
        return redirect("organisations:desk")
    return _answer(request, invitation)


def _answer(request, invitation):
    """What the invited person can do now: accept, sign in, use another address, or ask for a new invitation."""
    is_closed = invitation.organisation.status == OrganisationStatus.CLOSED
    if is_closed or not invitation.is_waiting:
        return render(request, "organisations/invitation_expired.html", {"invitation": invitation}, status=410)
    query = urlencode({"next": request.path})
    context = {
        "invitation": invitation,
        "is_wrong_address": request.user.is_authenticated and request.user.email.lower() != invitation.email.lower(),
        "login_url": f"{reverse('account_login')}?{query}",
        "signup_url": f"{reverse('account_signup')}?{query}",
    }
    return render(request, "organisations/invitation_accept.html", context)
