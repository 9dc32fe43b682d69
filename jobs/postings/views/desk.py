"""The organisation's postings on its desk: what state each is in, and what can be done with it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from jobs.postings import actions, acts, desk
from jobs.postings.forms.deadline import DeadlineForm
from jobs.postings.models import JobPosting
from jobs.postings.views.rights import GONE_TOO_FAR, own_posting, telling_rights
from organisations.context_processors import current_membership
from organisations.roles import Verb, may
from portal.furniture import refused_forms

PAGE_SIZE = 50
TOO_LATE = gettext_lazy("The time in which this could be done has passed. You may copy the posting.")
# Action, and what is said when it is done.
STEPS = {
    "take-back": (actions.take_back, gettext_lazy("The posting is a draft again.")),
    "withdraw": (actions.withdraw, gettext_lazy("The posting was withdrawn. The other applicants were told.")),
    "fill": (actions.fill, gettext_lazy("Good! The job is filled. The other applicants got a message.")),
    "reopen": (actions.reopen, gettext_lazy("The posting is open again.")),
    "confirm": (actions.confirm, gettext_lazy("Thank you. The posting stays open.")),
}


@require_safe
def desk_postings(request):
    membership = current_membership(request)
    if membership is None:
        return redirect("organisations:desk")
    postings = desk.recent_postings(membership.organisation) & JobPosting.objects.seen_by_members(request.user)
    page = Paginator(postings, PAGE_SIZE).get_page(request.GET.get("page"))
    return render(
        request,
        "jobs/postings/desk/postings.html",
        {"tab": "postings", "page": page, "rows": desk.rows(page.object_list)},
    )


@require_safe
def desk_posting(request, pk):
    posting = own_posting(request, pk)
    form = refused_forms.kept(request, _extending(posting), DeadlineForm) or DeadlineForm()
    return _page(request, posting, form)


def _extending(posting):
    """The name under which the refused form of this posting's new deadline is kept."""
    return f"posting {posting.pk} deadline"


def _page(request, posting, form):
    may_write = may(request.user, Verb.WRITE_POSTINGS, posting.organisation)
    context = {
        "may_write": may_write,
        "tab": "postings",
        "posting": posting,
        "form": form,
        "events": desk.timeline(posting),
        "possible": acts.possible(posting) if may_write else set(),
        "buttons": desk.buttons(posting) if may_write else [],
        "away": desk.way_out(posting) if may_write else None,
        "membership": current_membership(request),
    }
    return render(request, "jobs/postings/desk/posting.html", context)


@require_POST
@telling_rights
def posting_action(request, pk, action):
    """One button of the desk: take back, withdraw, fill, reopen, confirm."""
    posting = own_posting(request, pk)
    if action not in STEPS:
        raise Http404
    change, done = STEPS[action]
    try:
        change(posting, by=request.user)
    except actions.TransitionNotAllowed as error:
        messages.info(request, done if error.is_done_already else GONE_TOO_FAR)
    except actions.TooLate:
        messages.warning(request, TOO_LATE)
    else:
        messages.success(request, done)
    return redirect("jobs:desk_posting", posting.pk)


@require_POST
@telling_rights
def posting_extend(request, pk):
    posting = own_posting(request, pk)
    form = DeadlineForm(request.POST)
    if not form.is_valid():
        return _refused(request, posting, form)
    try:
        actions.extend(posting, by=request.user, deadline=form.cleaned_data["deadline"])
    except (actions.TransitionNotAllowed, actions.DeadlineNotValid):  # the second: midnight came in between
        messages.info(request, GONE_TOO_FAR)
    except actions.TooLate:
        messages.warning(request, TOO_LATE)
    else:
        messages.success(request, _("The time to apply was extended."))
    return redirect("jobs:desk_posting", posting.pk)


def _refused(request, posting, form):
    """The page that follows shows the form; what is too long to be kept is shown at once."""
    if refused_forms.keep(request, _extending(posting), form):
        return redirect("jobs:desk_posting", posting.pk)
    return _page(request, posting, form)
