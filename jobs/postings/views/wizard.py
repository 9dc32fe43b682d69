"""Writing a posting, step by step. Every step saves by itself and can be left anywhere."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.postings import actions, snapshot
from jobs.postings.checks import findings_for, long_sentences
from jobs.postings.desk import HIDDEN
from jobs.postings.forms.steps import is_live
from jobs.postings.forms.wizard import BY_SLUG, CHECK, STEPS, after, before, step_of
from jobs.postings.models import JobPosting
from jobs.postings.presentation import PostingPage
from jobs.postings.views.rights import GONE_TOO_FAR, own_posting, own_posting_to_write, telling_rights
from organisations.context_processors import current_membership, memberships_of
from organisations.roles import Verb

NOT_EDITABLE = gettext_lazy("This posting cannot be changed in its present state.")


@require_http_methods(["GET", "HEAD", "POST"])
def posting_create(request):
    """Begins a posting, from nothing or from an earlier one."""
    membership = current_membership(request)
    if membership is None or Verb.WRITE_POSTINGS not in membership.verbs:
        return redirect("organisations:desk")
    if request.method != "POST":
        earlier = JobPosting.objects.for_organisation(membership.organisation).exclude(title="")
        context = {"earlier": earlier.select_related("task_field").order_by("-saved_at", "-pk")[:10]}
        return render(request, "jobs/postings/wizard/start.html", context)
    posting = actions.create(membership.organisation, by=request.user)
    return redirect("jobs:posting_edit", posting.pk, STEPS[0].slug)


@require_POST
@telling_rights
def posting_copy(request, pk):
    posting = actions.copy(own_posting(request, pk), by=request.user)
    messages.success(request, _("Here is a copy as a draft. Write new dates."))
    return redirect("jobs:posting_edit", posting.pk, STEPS[0].slug)


@require_http_methods(["GET", "HEAD", "POST"])
@telling_rights
def posting_edit(request, pk, step):
    posting = own_posting_to_write(request, pk)
    if not posting.is_editable:
        return _not_editable(request, posting)
    if step == CHECK:
        return _check_page(request, posting)
    if step not in BY_SLUG:
        raise Http404
    if request.method == "POST":
        return _save(request, posting, step)
    return _step_page(request, posting, BY_SLUG[step](instance=posting))


def _not_editable(request, posting):
    messages.warning(request, NOT_EDITABLE)
    return redirect("jobs:desk_posting", posting.pk)


def _save(request, posting, slug):
    """Saves what is right. A published posting is changed only when all of the step is right."""
    form = BY_SLUG[slug](request.POST, instance=posting)
    is_valid = form.is_valid()
    answers = {} if is_live(posting) and not is_valid else form.answers
    try:
        changed = actions.edit(posting, answers, by=request.user, revision=form.seen)
    except actions.TransitionNotAllowed:
        # Sent to review, or closed, in the moment before the row was held.
        return _not_editable(request, posting)
    except actions.ChangedMeanwhile as conflict:
        # Both versions are shown, and nothing is written yet.
        posting = own_posting(request, posting.pk)
        form.begin_from(posting)
        return _step_page(request, posting, form, conflicts=conflict.differences, status=409)
    was_hidden = posting.is_hidden
    posting = own_posting(request, posting.pk)
    if posting.is_hidden and not was_hidden:
        messages.warning(request, HIDDEN)
    if changed:
        form.begin_from(posting)
    return _after_saving(request, posting, form, is_valid=is_valid)


def _after_saving(request, posting, form, *, is_valid):
    if request.htmx:
        return render(request, "jobs/postings/wizard/saved.html", _frame(posting, form))
    wish = request.POST.get("wish", "continue")
    if wish == "add_row":
        form.add_row()
        return _step_page(request, posting, form)
    if wish == "leave":
        messages.success(request, _("The draft was saved. You may go on at any time."))
        return redirect("jobs:desk_postings")
    if not is_valid:
        return _step_page(request, posting, form)
    return redirect("jobs:posting_edit", posting.pk, after(form.slug))


def _step_page(request, posting, form, *, conflicts=(), status=200):
    context = _frame(posting, form) | {
        "form": form,
        "conflicts": conflicts,
        "has_errors": form.has_wrong_rows,
        "previous": before(form.slug),
        "next_title": _title_of(after(form.slug)),
        "is_live": is_live(posting),
        "membership": current_membership(request),
    }
    return render(request, getattr(form, "template", "jobs/postings/wizard/step.html"), context, status=status)


def _frame(posting, form):
    """What every step shows around its questions: where one is, and the card as it is now."""
    return {
        "posting": posting,
        "form": form,
        "steps": _steps(posting, form.slug),
        "number": _number(form.slug),
        "total": len(STEPS) + 1,
        "findings": findings_for(posting, form.answer_names()),
        "saved_at": timezone.localtime(posting.saved_at),
    }


def _number(slug):
    return [*BY_SLUG, CHECK].index(slug) + 1


def _title_of(slug):
    return BY_SLUG[slug].heading if slug in BY_SLUG else _("Check and send")


def _steps(posting, slug):
    """The steps with their state: what lies behind is done when nothing of it is missing."""
    missing = {step_of(name).slug for name in posting.missing}
    here = _number(slug)
    return [
        {
            "text": _title_of(step),
            "url": reverse("jobs:posting_edit", args=[posting.pk, step]),
            "state": "current" if number == here else "done" if number < here and step not in missing else "next",
        }
        for number, step in enumerate([*BY_SLUG, CHECK], start=1)
    ]


def _check_page(request, posting, *, error="", missing=None, status=200):
    missing = posting.missing if missing is None else missing
    context = {
        "posting": posting,
        "missing": _missing_rows(posting, missing),
        "error": error,
        "has_errors": bool(error),
        "findings": findings_for(posting),
        "long_sentences": long_sentences(posting.easy_text),
        "steps": _steps(posting, CHECK),
        "number": _number(CHECK),
        "total": len(STEPS) + 1,
        "previous": before(CHECK),
        "is_live": is_live(posting),
        "is_verified": posting.organisation.status == "VERIFIED",
        "membership": current_membership(request),
    }
    return render(request, "jobs/postings/wizard/check.html", context, status=status)


def _missing_rows(posting, names):
    """What is missing, each with the address of the control that asks for it."""
    forms = {step: step(instance=posting) for step in {step_of(name) for name in names}}
    return [
        {
            "label": snapshot.label_of(name),
            "url": f"{reverse('jobs:posting_edit', args=[posting.pk, step_of(name).slug])}"
            f"#{forms[step_of(name)].control_of(name)}",
        }
        for name in names
    ]


@require_safe
def posting_preview(request, pk):
    """The whole page as jobseekers will see it, for its own organisation and for the moderators."""
    rows = JobPosting.objects.visible_to(request.user).select_related("organisation", "municipality", "task_field")
    posting = get_object_or_404(rows.distinct(), pk=pk)
    context = {"shown": PostingPage.of(posting, is_preview=True), "back_url": _back_url(request, posting)}
    return render(request, "jobs/postings/posting_detail.html", context)


def _back_url(request, posting):
    """The way back for the organisation's own people; others come from elsewhere, by the slot."""
    if all(membership.organisation_id != posting.organisation_id for membership in memberships_of(request)):
        return ""
    if posting.is_editable:
        return reverse("jobs:posting_edit", args=[posting.pk, CHECK])
    return reverse("jobs:desk_posting", args=[posting.pk])


@require_POST
@telling_rights
def posting_submit(request, pk):
    posting = own_posting(request, pk)
    try:
        actions.submit(posting, by=request.user)
    except actions.PostingIncomplete as error:
        return _check_page(request, posting, error=_("Something is still missing."), missing=error.missing)
    except actions.IdentityCodeFound as error:
        names = ", ".join(snapshot.label_of(name) for name in error.fields)
        text = _("There is a personal identity code in: %(names)s. Take it out. It must not be written anywhere.")
        return _check_page(request, posting, error=text % {"names": names})
    except actions.TransitionNotAllowed as error:
        if not error.is_done_already:
            messages.info(request, GONE_TOO_FAR)
            return redirect("jobs:desk_posting", posting.pk)
    messages.success(request, _("The posting was sent to review. We write to you when it has been read."))
    return redirect("jobs:desk_posting", posting.pk)
