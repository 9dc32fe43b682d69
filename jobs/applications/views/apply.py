"""Applying without an account, in three small steps."""

from datetime import date

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from jobs.applications import session
from jobs.applications.actions import applications as actions
from jobs.applications.actions.errors import AlreadyApplied, PostingClosed, TooManyTries
from jobs.applications.enums import HoursWish, StartWish
from jobs.applications.forms.apply import AboutYouForm, SendForm, SkillsForm
from jobs.applications.models import Application
from jobs.postings.models import JobPosting
from portal.error_views import too_large
from portal.furniture.addresses import network_of

STEPS = {
    1: gettext_lazy("Contact"),
    2: gettext_lazy("What you can and would like"),
    3: gettext_lazy("Check and send"),
}
LAST_STEP = 3


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def posting_apply(request, pk, step=1):
    """One step of the application. What was typed stays in the session, so that Back, reload and leaving do no harm."""
    posting = _posting(request, pk)
    draft = session.draft_of(request, pk)
    if step == LAST_STEP and _is_sent(request, pk, draft):
        return redirect("jobs:application_receipt", pk=pk)
    if not posting.is_open:
        return _closed(request, posting, draft)
    if step not in STEPS:
        raise Http404
    if step > _first_open_step(draft):
        return redirect(_step_url(pk, _first_open_step(draft)))
    return _send(request, posting, draft) if step == LAST_STEP else _answer(request, posting, draft, step)


def _posting(request, pk):
    """A public posting, or one that this browser began to apply to, whatever has become of it."""
    postings = JobPosting.objects.all() if session.has_draft(request, pk) else JobPosting.objects.public()
    return get_object_or_404(postings.select_related("organisation", "task_field"), pk=pk)


def _is_sent(request, pk, draft):
    """Whether this is a second click, a retry or Back after an application that went out."""
    if request.method == "POST":
        return session.receipt_of(request, pk, key=request.POST.get("form_key", "-"))
    return not draft["answers"] and session.receipt_of(request, pk)


def _answer(request, posting, draft, step):
    typed = draft["typed"].get(str(step), {})
    form = _form(step, posting, request.POST if request.method == "POST" else None, typed)
    if request.method == "POST":
        is_valid = form.is_valid()
        if form.is_too_long_to_keep:
            return too_large(request)
        is_kept = _keep(request, posting, draft, step, form)
        if request.htmx:
            # The page saves while one types; it shows nothing new.
            return HttpResponse(status=204)
        if is_kept and (next_page := _next_page(request, posting, step, is_valid)):
            return redirect(next_page)
    template = "jobs/applications/apply/about_you.html" if step == 1 else "jobs/applications/apply/skills.html"
    return render(request, template, _context(posting, draft, step) | {"form": form})


def _keep(request, posting, draft, step, form):
    """Whether the answers are in the session; if not, the form says why and still shows them."""
    draft["typed"][str(step)] = form.typed
    if form.is_valid():
        draft["answers"][str(step)] = form.answers
    else:
        draft["answers"].pop(str(step), None)
    try:
        session.keep_draft(request, posting.pk, draft)
    except session.TooManyDrafts:
        form.add_error(None, _("Many applications were begun from this network today. Try again tomorrow, or call."))
        return False
    return True


def _next_page(request, posting, step, is_valid):
    if "back" in request.POST and step > 1:
        return _step_url(posting.pk, step - 1)
    if "later" in request.POST:
        messages.success(request, _("Your answers are kept for two days in this browser. Come back when it suits you."))
        return posting.get_absolute_url()
    return _step_url(posting.pk, step + 1) if is_valid else None


def _form(step, posting, data, typed):
    initial = {name: value for name, value in typed.items() if value is not None}
    if step == 1:
        return AboutYouForm(data, initial=initial)
    return SkillsForm(data, initial=initial, posting=posting)


def _send(request, posting, draft):
    form = SendForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            application = _apply(request, posting, draft)
        except PostingClosed:
            return _closed(request, posting, draft)
        except AlreadyApplied:
            return render(request, "jobs/applications/apply/already.html", _context(posting, draft, LAST_STEP))
        except TooManyTries:
            form.add_error(None, _("Many applications were sent from this network just now. Try again in 15 minutes."))
        else:
            session.drop_draft(request, posting.pk)
            session.add_receipt(request, application)
            return redirect("jobs:application_receipt", pk=posting.pk)
    context = _context(posting, draft, LAST_STEP) | {"form": form, "form_key": draft["key"], "answers": _shown(draft)}
    return render(request, "jobs/applications/apply/check.html", context)


def _apply(request, posting, draft):
    answers = {name: value for step in draft["answers"].values() for name, value in step.items()}
    if answers.get("start_date_wish"):
        answers["start_date_wish"] = date.fromisoformat(answers["start_date_wish"])
    return actions.apply(
        posting,
        form_key=draft["key"],
        answers=answers,
        language=get_language(),
        sender=network_of(request),
        own=session.own_applications(request),
    )


def _closed(request, posting, draft):
    """The posting closed, perhaps while somebody was writing: their words are shown, to be used elsewhere."""
    typed = {name: value for step in draft["typed"].values() for name, value in step.items()}
    context = {
        "posting": posting,
        "ran_out": posting.days_left is not None and posting.days_left < 0,
        "words": typed.get("message") or "",
        "has_draft": bool(typed),
    }
    return render(request, "jobs/applications/apply/closed.html", context)


def _shown(draft):
    """The answers as the last step shows them, in the reader's language."""
    answers = {name: value for step in draft["answers"].values() for name, value in step.items()}
    wish = answers["start_wish"]
    day = answers["start_date_wish"]
    return answers | {
        "hours": HoursWish(answers["hours_wish"]).label,
        "start": StartWish(wish).label if day is None else date_format(date.fromisoformat(day)),
    }


def _first_open_step(draft):
    """The furthest step that one may see: the first that has no answers yet."""
    return next(step for step in STEPS if step == LAST_STEP or str(step) not in draft["answers"])


def _context(posting, draft, step):
    furthest = _first_open_step(draft)
    steps = [
        {
            "text": text,
            "url": _step_url(posting.pk, number) if number <= furthest else "",
            "state": "current" if number == step else "done" if str(number) in draft["answers"] else "next",
        }
        for number, text in STEPS.items()
    ]
    return {
        "posting": posting,
        "trail": [{"title": _("Jobs"), "url": reverse("jobs:posting_list")}],
        "steps": steps,
        "number": step,
        "total": LAST_STEP,
        "back_url": _step_url(posting.pk, step - 1) if step > 1 else "",
        "about_url": _step_url(posting.pk, 1),
        "skills_url": _step_url(posting.pk, 2),
    }


def _step_url(pk, step):
    if step == 1:
        return reverse("jobs:posting_apply", args=[pk])
    return reverse("jobs:posting_apply_step", args=[pk, step])


@login_not_required
@never_cache
@require_safe
def application_receipt(request, pk):
    """What was sent from this browser: a code to write down, and what happens next. Nobody else can open it."""
    own = session.receipt_of(request, pk)
    application = get_object_or_404(Application.objects.select_related("posting__organisation"), pk=own or 0)
    context = {"application": application, "posting": application.posting}
    return render(request, "jobs/applications/apply/receipt.html", context)
