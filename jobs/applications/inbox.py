"""An organisation's inbox in rows, for its own page and for the desk's first page. Rows show no names."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from jobs.applications.enums import WAITING_APPLICATION, ApplicationStatus, HoursWish, StartWish
from jobs.applications.models import Application
from jobs.postings import presentation
from jobs.postings.desk import own_title
from jobs.postings.models import JobPosting
from organisations.desk import TodayRow
from organisations.roles import TABLE, Verb
from portal.templatetags.portal_tags import filled, in_own_words, unbroken

# The value in the address, what it is called, and the rows it shows.
TABS = {
    "odottaa": (gettext_lazy("Waiting"), "waiting"),
    "sovittu": (gettext_lazy("Agreed"), "agreed"),
    "vastattu": (gettext_lazy("Answered"), "answered"),
}
MOST_TODO = 50
TONES = {ApplicationStatus.NEW: "waiting", ApplicationStatus.IN_CONTACT: "", ApplicationStatus.INTERVIEW: ""}


@dataclass(frozen=True)
class Row:
    title: str
    url: str
    text: str
    tag: str
    tone: str
    waited: str


def rows(applications, *, may_read):
    """One row for each application of a for_listing() queryset or page; who may not read sees states alone."""
    return [_row(application, may_read) for application in applications]


def newest(applications, *, may_read, count=3):
    """The newest applications, whatever their state."""
    return rows(applications.for_listing().order_by("-created_at", "-pk")[:count], may_read=may_read)


def tab_counts(applications):
    """How many applications each tab holds, in one query."""
    waiting, agreed = Q(status__in=WAITING_APPLICATION), Q(status=ApplicationStatus.AGREED)
    return applications.aggregate(
        odottaa=Count("pk", filter=waiting),
        sovittu=Count("pk", filter=agreed),
        vastattu=Count("pk", filter=~waiting & ~agreed),
    )


def postings_with(applications):
    """The postings that the inbox can be limited to."""
    postings = JobPosting.objects.filter(pk__in=applications.order_by().values("posting"))
    return postings.only("title", "language").order_by("title", "pk")


def waited(application):
    """How long the applicant has waited, in words; empty when the organisation has answered."""
    if not application.is_waiting:
        return ""
    days = application.days_waited
    if days == 0:
        return _("came today")
    return ngettext("waited %(count)s day", "waited %(count)s days", days) % {"count": days}


def wishes(application):
    """What the applicant likes to do, how many hours and from when: pairs of a word and an answer."""
    answers = [
        (_("Likes to do"), _tasks(application)),
        (_("Hours a week"), unbroken(hours(application))),
        (_("Can begin"), unbroken(start(application))),
    ]
    return [(word, answer) for word, answer in answers if answer]


def sent_again(application):
    """What was sent later with the same number or address: each application with its wishes."""
    joined = application.joined.select_related("posting").order_by("created_at", "pk")
    return [(each, wishes(each)) for each in joined]


def hours(application):
    if application.hours_wish == HoursWish.AS_POSTED:
        return presentation.hours(application.posting) or str(HoursWish.AS_POSTED.label)
    return {HoursWish.FEWER: _("fewer hours than in the posting"), HoursWish.UNSURE: _("to be agreed on")}.get(
        application.hours_wish, ""
    )


def start(application):
    if application.start_wish == StartWish.DATE and application.start_date_wish:
        return date_format(application.start_date_wish)
    return {StartWish.AS_POSTED: _("when the work begins"), StartWish.UNSURE: _("to be agreed on")}.get(
        application.start_wish, ""
    )


def _row(application, may_read):
    posting = in_own_words(application.posting.title, application.posting.language)
    return Row(
        title=filled(_("Applicant %(number)s: %(posting)s"), number=application.number, posting=posting),
        url=application.get_absolute_url(),
        text=_summary(application) if may_read else "",
        tag=application.get_status_display(),
        tone=TONES.get(application.status, "plain"),
        waited=waited(application),
    )


def _summary(application):
    parts = []
    if application.tasks:
        parts.append(filled(_("Likes to do: %(tasks)s."), tasks=_tasks(application)))
    if answer := hours(application):
        parts.append(filled(_("Hours: %(hours)s."), hours=unbroken(answer)))
    return format_html_join(" ", "{}", ((part,) for part in parts))


def _tasks(application):
    """The tasks that the applicant likes, in the posting's words."""
    return in_own_words(", ".join(application.tasks), application.posting.language)


def count_by_posting(postings):
    """How many have applied to each posting, by its primary key; none is told of where applications are not seen."""
    seen = TABLE[Verb.SEE_APPLICATIONS].condition("posting__organisation__")
    applications = Application.objects.first_sent().filter(seen, posting__in=postings).order_by()
    return dict(applications.values_list("posting").annotate(count=Count("pk")))


def todo_of(membership):
    """The applications that nobody has answered, oldest first."""
    if Verb.ANSWER_APPLICATIONS not in membership.verbs:
        return []
    applications = Application.objects.for_organisation(membership.organisation).new().select_related("posting")
    return [_todo(application) for application in applications.order_by("created_at", "pk")[:MOST_TODO]]


def _todo(application):
    return TodayRow(
        title=filled(_("Answer an application: %(title)s"), title=own_title(application.posting)),
        url=application.get_absolute_url(),
        text=_("It came on %(date)s.") % {"date": date_format(timezone.localdate(application.created_at))},
        end=waited(application) if application.days_waited else _("today"),
        icon="mail",
    )


def count_waiting(organisation):
    """How many people wait for an answer of the organisation."""
    return Application.objects.for_organisation(organisation).waiting().count()


def waiting_in_words(count):
    words = ngettext("%(count)s applicant waits for an answer.", "%(count)s applicants wait for an answer.", count)
    return words % {"count": count}
