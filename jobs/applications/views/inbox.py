"""The organisation's inbox: who has applied, what they wrote, and what happens next."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.http import urlencode
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from jobs.applications import inbox
from jobs.applications.actions import applications as actions
from jobs.applications.actions import readings
from jobs.applications.emails import ready_answer
from jobs.applications.enums import ApplicationStatus
from jobs.applications.forms.inbox import AnswerForm, NoteForm, ReasonForm
from jobs.applications.models import Application
from jobs.postings.enums import PostingStatus
from organisations.context_processors import choose, current_membership
from organisations.permissions import require
from organisations.roles import Verb, may
from organisations.views.rights import telling_refusal
from portal.furniture import refused_forms
from portal.numbers import whole_number
from portal.states import TransitionNotAllowed

PAGE_SIZE = 20
MAY_NOT_ANSWER = gettext_lazy(
    "You cannot answer just now: your organisation is paused or closed, or your role has changed."
)
# What pressing a button says, in the order in which things go; declining has a page of its own.
STEPS = {
    ApplicationStatus.IN_CONTACT: gettext_lazy("I have been in contact"),
    ApplicationStatus.INTERVIEW: gettext_lazy("We agreed on a meeting"),
    ApplicationStatus.AGREED: gettext_lazy("We agreed on the job"),
}
DONE = {
    ApplicationStatus.IN_CONTACT: gettext_lazy("You have been in contact with the applicant."),
    ApplicationStatus.INTERVIEW: gettext_lazy("You have agreed on a meeting with the applicant."),
    ApplicationStatus.AGREED: gettext_lazy("You have agreed on the job with the applicant."),
}
telling_rights = telling_refusal(MAY_NOT_ANSWER, "jobs:application_detail")


@require_safe
def desk_applications(request):
    """The applications to the present organisation, those that wait first."""
    membership = current_membership(request)
    if membership is None:
        raise Http404
    organisation = membership.organisation
    applications = Application.objects.visible_to(request.user).for_organisation(organisation)
    postings = list(inbox.postings_with(applications))
    posting = next((posting for posting in postings if str(posting.pk) == request.GET.get("tyo")), None)
    if posting:
        applications = applications.for_posting(posting)
    tab = request.GET.get("tila") if request.GET.get("tila") in inbox.TABS else next(iter(inbox.TABS))
    counts = inbox.tab_counts(applications)
    shown = getattr(applications, inbox.TABS[tab][1])().waits_first().for_listing()
    page = _page(request, shown, counts[tab])
    context = {
        "tab": "applications",
        "state_tabs": _tabs(tab, counts, posting),
        "state": tab,
        "postings": postings,
        "posting": posting,
        "page": page,
        "rows": inbox.rows(page, may_read=Verb.READ_APPLICANTS in membership.verbs),
    }
    return render(request, "jobs/applications/inbox.html", context)


def _tabs(chosen, counts, posting):
    limit = {"tyo": posting.pk} if posting else {}
    return [
        {
            "text": f"{words} ({counts[value]})",
            "url": f"{reverse('jobs:desk_applications')}?{urlencode({'tila': value} | limit)}",
            "current": value == chosen,
        }
        for value, (words, _rows) in inbox.TABS.items()
    ]


def _page(request, applications, count):
    """The asked page; a number beyond the last is a page that does not exist."""
    paginator = Paginator(applications, PAGE_SIZE)
    paginator.count = count
    number = whole_number(request.GET.get("page", "1"), paginator.num_pages)
    if not number:
        raise Http404
    return paginator.page(number)


@require_safe
def application_detail(request, pk):
    application = _application(request, pk)
    return _detail(request, application, refused_forms.kept(request, _noting(application), NoteForm) or NoteForm())


def _noting(application):
    """The name under which a refused note on this application is kept."""
    return f"application {application.pk} note"


def _application(request, pk):
    """An application to one of the person's own organisations; the desk then shows that organisation."""
    rows = Application.objects.visible_to(request.user).for_listing()
    application = get_object_or_404(rows, pk=pk)
    choose(request, application.posting.organisation_id)
    return application


def _detail(request, application, note_form):
    may_answer = may(request.user, Verb.ANSWER_APPLICATIONS, application.posting.organisation)
    allowed = application.next_statuses if may_answer else []
    posting, organisation = application.posting, application.posting.organisation
    may_read = may(request.user, Verb.READ_APPLICANTS, organisation)
    if may_read:
        readings.note(application, by=request.user)
    sees_readers = may(request.user, Verb.SEE_READERS, organisation)
    context = {
        "tab": "applications",
        "application": application,
        "posting": posting,
        "may_read": may_read,
        "readings": application.readings.select_related("reader") if sees_readers else [],
        "may_answer": may_answer,
        "waited": inbox.waited(application),
        "wishes": inbox.wishes(application),
        "sent_again": inbox.sent_again(application),
        "steps": [{"value": status.value, "text": STEPS[status]} for status in STEPS if status in allowed],
        "may_decline": ApplicationStatus.DECLINED in allowed,
        "may_fill": application.status == ApplicationStatus.AGREED and posting.status == PostingStatus.PUBLISHED,
        "events": [_event(event) for event in application.events.select_related("by")],
        "notes": application.notes.select_related("author"),
        "form": note_form,
        "language": get_language_info(application.language)["name_translated"],
    }
    return render(request, "jobs/applications/detail.html", context)


def _event(event):
    moment, by = date_format(timezone.localtime(event.at), "DATETIME_FORMAT"), _who(event)
    title = _("Arrived") if event.to_status == ApplicationStatus.NEW else event.label
    return {"title": title, "text": f"{moment}, {by}" if by else moment}


def _who(event):
    """The member, or the applicant; nobody's name when the member's account is gone."""
    if event.by is None:
        return _("the applicant") if event.to_status == ApplicationStatus.WITHDRAWN else ""
    return str(event.by)


@require_POST
@telling_rights
def application_move(request, pk):
    """Takes the application to the next state, if it is still in the one that the page showed."""
    application = _application(request, pk)
    to, seen = request.POST.get("to"), request.POST.get("seen")
    if to not in STEPS:
        raise Http404
    try:
        actions.move(application, ApplicationStatus(to), by=request.user, seen=seen)
    except TransitionNotAllowed as refusal:
        _tell_that_another_was_faster(request, refusal)
    else:
        messages.success(request, DONE[ApplicationStatus(to)])
    return redirect(application)


def _tell_that_another_was_faster(request, refusal):
    """A double click needs no words: what was wanted is done, and by this very person."""
    last = refusal.thing.events.order_by("-at", "-pk").first()
    if refusal.is_done_already and last and last.by == request.user:
        return
    words = {"name": _who(last) if last else "", "state": refusal.thing.get_status_display()}
    told = _("This application was changed before you. It is now: %(state)s. Your choice was not saved.")
    if words["name"]:
        told = _("%(name)s changed this application before you. It is now: %(state)s. Your choice was not saved.")
    messages.warning(request, told % words)


@sensitive_post_parameters("text")
@require_http_methods(["GET", "HEAD", "POST"])
@telling_rights
def application_decline(request, pk):
    """First the reason, then the words: ready ones that may be changed."""
    application = _application(request, pk)
    require(request.user, Verb.ANSWER_APPLICATIONS, application.posting.organisation)
    if request.method == "POST":
        return _answer(request, application, AnswerForm(request.POST))
    if ApplicationStatus.DECLINED not in application.next_statuses:
        return redirect(application)
    if not request.GET:
        return _decline_page(request, application, "reason", ReasonForm())
    form = ReasonForm(request.GET)
    if not form.is_valid():
        return _decline_page(request, application, "reason", form)
    reason = form.cleaned_data["reason"]
    form = AnswerForm(initial={"reason": reason, "text": ready_answer(application, reason)})
    return _decline_page(request, application, "answer", form)


def _answer(request, application, form):
    if not form.is_valid():
        return _decline_page(request, application, "answer", form)
    try:
        actions.decline(application, by=request.user, seen=request.POST.get("seen"), **form.cleaned_data)
    except TransitionNotAllowed as refusal:
        _tell_that_another_was_faster(request, refusal)
    else:
        sent = _("Your answer was sent to the applicant.")
        messages.success(request, sent if application.email else _("The application is marked as answered."))
    return redirect(application)


def _decline_page(request, application, name, form):
    context = {
        "tab": "applications",
        "application": application,
        "posting": application.posting,
        "form": form,
        "language": get_language_info(application.language)["name_translated"],
    }
    template = "jobs/applications/decline_reason.html" if name == "reason" else "jobs/applications/decline_answer.html"
    return render(request, template, context)


@sensitive_post_parameters("text")
@require_POST
@telling_rights
def application_note(request, pk):
    application = _application(request, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        # What is too long to be kept is shown at once.
        is_kept = refused_forms.keep(request, _noting(application), form)
        return redirect(application) if is_kept else _detail(request, application, form)
    actions.add_note(application, by=request.user, text=form.cleaned_data["text"])
    messages.success(request, _("The note is saved."))
    return redirect(application)
