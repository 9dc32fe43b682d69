"""The moderator's page of one posting, and the decisions on it. Who comes second is told the first's outcome."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin.views import generic

from jobs.postings.models import JobPosting
from jobs.postings.permissions import can_moderate
from jobs.review import actions
from jobs.review.forms import ChangeRequestForm, PostingReasonForm
from jobs.review.presentation import Review
from portal.numbers import whole_number
from portal.states import TransitionNotAllowed


class PostingReviewView(generic.InspectView):
    """Every answer with what changed since it was last seen, what the checks found, and room to ask for a change."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(review=Review.of(self.object), **kwargs)


def _posting(request, pk):
    if not can_moderate(request.user):
        raise PermissionDenied
    return get_object_or_404(JobPosting.objects.visible_to(request.user).for_detail(), pk=pk)


def _late(request, posting):
    """Says what has become of the posting meanwhile, and who did it."""
    posting.refresh_from_db()
    last = posting.events.select_related("by").order_by("at", "pk").last()
    who = str(last.by) if last and last.by else _("the system")
    messages.warning(
        request,
        _("Nothing was changed: somebody was faster. The state is now “%(status)s”, by %(who)s.")
        % {"status": posting.get_status_display(), "who": who},
    )
    return redirect("posting:inspect", posting.pk)


def _next(request, done):
    """Tells what was done and opens the next posting of the queue."""
    messages.success(request, done)
    waiting = JobPosting.objects.waiting_for_review().order_by("submitted_at", "pk").first()
    return redirect("posting:inspect", waiting.pk) if waiting else redirect("posting:index")


@require_POST
def posting_publish(request, pk):
    posting = _posting(request, pk)
    try:
        actions.publish(posting, by=request.user, revision=whole_number(request.POST.get("revision")))
    except TransitionNotAllowed:
        return _late(request, posting)
    except actions.OrganisationNotVerified:
        messages.error(request, _("The organisation is not verified yet. Verify it first, then publish the posting."))
        return redirect("posting:inspect", posting.pk)
    return _next(request, _("“%(title)s” is published.") % {"title": posting.title})


@require_POST
def posting_request_changes(request, pk):
    posting = _posting(request, pk)
    form = ChangeRequestForm(request.POST, posting=posting)
    if not form.is_valid():
        return _again(request, posting, request_form=form)
    try:
        actions.request_changes(
            posting, by=request.user, requests=form.requests, revision=form.cleaned_data["revision"]
        )
    except TransitionNotAllowed:
        return _late(request, posting)
    return _next(request, _("The organisation was asked to change “%(title)s”.") % {"title": posting.title})


@require_POST
def posting_refuse(request, pk):
    return _with_reason(request, pk, actions.refuse, _("“%(title)s” was refused."))


@require_POST
def posting_recall(request, pk):
    return _with_reason(request, pk, actions.recall, _("“%(title)s” is in review again."))


def _with_reason(request, pk, change, done):
    posting = _posting(request, pk)
    form = PostingReasonForm(request.POST)
    if not form.is_valid():
        return _again(request, posting, reason_form=form)
    try:
        change(posting, by=request.user, reason=form.cleaned_data["reason"])
    except TransitionNotAllowed:
        return _late(request, posting)
    return _next(request, done % {"title": posting.title})


@require_POST
def posting_accept_edit(request, pk):
    posting = _posting(request, pk)
    try:
        actions.accept_edit(posting, by=request.user, revision=whole_number(request.POST.get("revision")))
    except TransitionNotAllowed:
        return _late(request, posting)
    return _next(request, _("The edit of “%(title)s” stands.") % {"title": posting.title})


def _again(request, posting, **forms):
    """The same page with what the moderator typed and what is wrong in it."""
    return render(
        request,
        "jobs/review/admin/review_again.html",
        {"review": Review.of(posting, **forms), "posting": posting},
        status=422,
    )
