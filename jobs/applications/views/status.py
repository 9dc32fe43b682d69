"""The applicant's own page, without an account: what the state is, and taking the application back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from jobs.applications import session
from jobs.applications.actions import applications as actions
from jobs.applications.actions.access import find_by_code
from jobs.applications.actions.errors import TooManyTries
from jobs.applications.enums import ApplicationStatus
from jobs.applications.forms.status import OwnApplicationForm
from jobs.applications.models import Application
from jobs.postings.enums import PostingStatus
from portal.furniture.addresses import network_of
from portal.furniture.links import opened
from portal.states import TransitionNotAllowed

# What the state means to the applicant: a heading and a sentence.
WORDS = {
    ApplicationStatus.NEW: (
        gettext_lazy("Your application has arrived"),
        gettext_lazy("The organisation has not answered yet. It contacts you itself."),
    ),
    ApplicationStatus.IN_CONTACT: (
        gettext_lazy("The organisation is in contact with you"),
        gettext_lazy("It has read your application. If you have not heard from it, call the posting's contact person."),
    ),
    ApplicationStatus.INTERVIEW: (
        gettext_lazy("The organisation wants to meet you"),
        gettext_lazy("You agree on the time and the place together."),
    ),
    ApplicationStatus.AGREED: (
        gettext_lazy("You have agreed on the job"),
        gettext_lazy("The organisation tells you how the work begins."),
    ),
    ApplicationStatus.DECLINED: (
        gettext_lazy("This time you did not get the job"),
        gettext_lazy("The organisation has answered your application. Thank you for applying."),
    ),
    ApplicationStatus.WITHDRAWN: (
        gettext_lazy("You took your application back"),
        gettext_lazy("The organisation sees that you no longer look for this job."),
    ),
    ApplicationStatus.OBSOLETE: (
        gettext_lazy("The job is filled"),
        gettext_lazy("This time somebody else got the job. Thank you for applying."),
    ),
}
CALLED_OFF = (
    gettext_lazy("The job was called off"),
    gettext_lazy("The organisation is not choosing anybody for it. Thank you for applying."),
)


@login_not_required
@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def application_status(request):
    """Asks for the code and the end of the phone number."""
    form = OwnApplicationForm(request.POST if request.method == "POST" else None, initial=_known_code(request))
    is_locked = False
    if request.method == "POST" and form.is_valid():
        try:
            application = find_by_code(**form.cleaned_data, sender=network_of(request), browser=_browser(request))
        except TooManyTries:
            application, is_locked = None, True
        if application:
            session.open_own(request, application)
            return redirect("jobs:application_state")
        unknown = _("No application was found. Check the code and the digits.")
        form.add_error(None, _locked_words() if is_locked else unknown)
    context = {"form": form, "is_locked": is_locked}
    return render(request, "jobs/applications/status.html", context, status=429 if is_locked else 200)


def _browser(request):
    """What tells this browser from the others of its network: its session, which begins here if there is none."""
    if not request.session.session_key:
        request.session.create()
    return request.session.session_key


def _known_code(request):
    """The code of the last application of this browser need not be typed again."""
    code = request.GET.get("code", "")
    return {"reference": code} if len(code) <= 7 else {}


def _locked_words():
    return _("There were too many wrong tries. Try again in an hour, or use the link in the e-mail that you got.")


@login_not_required
@never_cache
@require_safe
def application_link(request, token):
    """The link of the mail. It opens the page without leaving its secret in the address."""
    application = opened(Application.objects.all(), token)
    session.open_own(request, application)
    return redirect("jobs:application_state")


@login_not_required
@never_cache
@require_safe
def application_state(request):
    application = _own(request)
    if application is None:
        return redirect("jobs:application_status")
    return render(request, "jobs/applications/state.html", _context(application))


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request):
    """Asks once more, then takes the application back."""
    application = _own(request)
    if application is None:
        return redirect("jobs:application_status")
    if request.method != "POST" and application.allows(ApplicationStatus.WITHDRAWN):
        return render(request, "jobs/applications/withdraw.html", _context(application))
    if request.method == "POST":
        try:
            actions.withdraw(application)
        except TransitionNotAllowed:
            messages.warning(request, _("The organisation has answered meanwhile, so there is nothing to take back."))
        else:
            messages.success(request, _("You took your application back."))
    return redirect("jobs:application_state")


def _own(request):
    applications = Application.objects.select_related("posting__organisation")
    return applications.filter(pk=session.own_application(request) or 0).first()


def _context(application):
    posting = application.posting
    is_called_off = application.status == ApplicationStatus.OBSOLETE and posting.status == PostingStatus.WITHDRAWN
    title, text = CALLED_OFF if is_called_off else WORDS[ApplicationStatus(application.status)]
    return {
        "application": application,
        "posting": posting,
        "state_title": title,
        "state_text": text,
        "may_withdraw": application.allows(ApplicationStatus.WITHDRAWN),
        "is_over": not application.is_waiting and application.status != ApplicationStatus.AGREED,
    }
