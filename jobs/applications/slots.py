"""What applications show in the pages of other rooms."""

from django.urls import reverse
from django.utils.http import urlencode

from jobs.applications import inbox
from jobs.applications.models import Application
from jobs.postings import acts
from organisations.context_processors import current_membership
from organisations.roles import Verb, may
from portal.slots import Filling


def apply_url(posting):
    return reverse("jobs:posting_apply", args=[posting.pk])


def apply_panel(page, shown):
    return {"apply_url": "" if shown.is_preview else apply_url(shown.posting)}


def aside(page, posting):
    return {"posting": posting, "apply_url": apply_url(posting)}


def bar(page, shown):
    return {"shown": shown, "apply_url": apply_url(shown.posting)}


def desk_posting(page, posting):
    """Who waits for the posting's organisation to answer; nothing for those who do not see that."""
    if not may(page["request"].user, Verb.SEE_APPLICATIONS, posting.organisation):
        return None
    count = posting.applications.first_sent().waiting().count()
    return {
        "count": count,
        "url": f"{reverse('jobs:desk_applications')}?{urlencode({'tyo': posting.pk})}",
        "will_tell": bool(count) and acts.FILL.is_possible(posting),
    }


def newest(page, organisation):
    membership = current_membership(page["request"])
    applications = Application.objects.visible_to(page["request"].user).for_organisation(organisation)
    rows = inbox.newest(applications, may_read=Verb.READ_APPLICANTS in membership.verbs)
    return {"rows": rows} if rows else None


FILLINGS = [
    Filling("applications.apply", "posting.apply", "jobs/applications/slots/apply.html", apply_panel),
    Filling("applications.aside", "posting.aside", "jobs/applications/slots/aside.html", aside),
    Filling("applications.bar", "posting.bar", "jobs/applications/slots/bar.html", bar),
    Filling("applications.desk_posting", "posting.desk", "jobs/applications/slots/desk_posting.html", desk_posting, 10),
    Filling("applications.newest", "desk.today", "jobs/applications/slots/newest.html", newest, 80),
]
