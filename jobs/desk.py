"""What the desk says of postings: rows of the table, what waits today, what can be done, and what has happened."""

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.actions.postings import EXTEND_WITHIN, REOPEN_WITHIN
from jobs.enums import EventKind, PostingStatus
from jobs.facts import LAST_DAYS, days_left
from jobs.models import Application, JobPosting
from organisations.desk import TodayRow
from portal.templatetags.portal_tags import filled, in_own_words

TONES = {PostingStatus.SUBMITTED: "waiting", PostingStatus.CHANGES_REQUESTED: "waiting"}


def own_title(posting):
    """The posting's name, marked with its language where the page has another one; "Unnamed job" is ours."""
    return in_own_words(posting.title, posting.language) if posting.title else str(posting)


def rows(postings):
    """The postings as rows of the table component."""
    return [
        {
            "title": own_title(posting),
            "url": reverse("jobs:desk_posting", args=[posting.pk]),
            "total": False,
            "cells": _cells(posting),
        }
        for posting in postings
    ]


def _cells(posting):
    is_open = posting.is_open
    left = days_left(posting) if is_open else ""
    return [
        {"label": _("State"), "tag": state(posting), "tone": tone(posting)},
        {
            "label": _("Time to apply"),
            "text": left or "–",
            "urgent": is_open and posting.days_left <= LAST_DAYS,
            "kind": "" if left else "is-empty",
        },
        _count(_("Applications"), posting.application_count),
        _count(_("Views"), posting.view_count),
        {"label": "", "kind": "is-action", **_next_step(posting)},
    ]


def tone(posting):
    """How loud the state's mark is."""
    return "" if posting.is_open else TONES.get(posting.status, "plain")


def state(posting):
    """The state as the organisation understands it: what is published may not be open."""
    if posting.status == PostingStatus.PUBLISHED:
        return _("Open") if posting.is_open else _("Not shown")
    return posting.get_status_display()


def state_words(posting):
    """One sentence on what the state means and what comes next."""
    if posting.status == PostingStatus.PUBLISHED:
        if posting.is_open:
            date = date_format(posting.application_deadline)
            return _("Jobseekers see the job and can apply until %(date)s.") % {"date": date}
        return _("Jobseekers cannot apply: the time is over, or the organisation is not verified.")
    return {
        PostingStatus.DRAFT: _("Only your organisation sees it. Send it to review when it is ready."),
        PostingStatus.SUBMITTED: _("A moderator will read it. We write to you when it has been read."),
        PostingStatus.CHANGES_REQUESTED: _("The moderator asks for a change. Make it and send the posting again."),
        PostingStatus.FILLED: _("Somebody was found. If the hire falls through, you may open it again within 30 days."),
        PostingStatus.EXPIRED: _("The time to apply has ended. You may extend it within 90 days."),
        PostingStatus.WITHDRAWN: _("It is not shown any more. You may copy it as a new draft."),
        PostingStatus.ARCHIVED: _("It is kept as a model for new ones."),
    }[PostingStatus(posting.status)]


def _count(label, number):
    return {"label": label, "text": str(number), "kind": "is-number" if number else "is-number is-empty"}


def _next_step(posting):
    edit = _edit(posting, "nimi")
    words = {
        PostingStatus.DRAFT: (_("Continue"), edit),
        PostingStatus.CHANGES_REQUESTED: (_("Complete"), _edit(posting, "tarkista")),
        PostingStatus.PUBLISHED: (_("Edit"), edit),
    }
    text, url = words.get(posting.status, (_("Show"), reverse("jobs:desk_posting", args=[posting.pk])))
    return {"text": text, "url": url, "about": own_title(posting)}


def possible(posting):
    """What the buttons of the posting's page on the desk may do just now."""
    now = timezone.now()
    status = posting.status
    is_recent = posting.closed_at is not None and posting.closed_at >= now - REOPEN_WITHIN
    can_extend = status == PostingStatus.PUBLISHED or (
        status == PostingStatus.EXPIRED and posting.application_deadline >= timezone.localdate(now) - EXTEND_WITHIN
    )
    return {
        "edit": posting.is_editable,
        "take_back": status == PostingStatus.SUBMITTED,
        "fill": posting.allows(PostingStatus.FILLED),
        "reopen": status == PostingStatus.FILLED and is_recent and posting.days_left >= 0,
        "extend": can_extend,
        "confirm": posting.is_stale,
        "withdraw": posting.allows(PostingStatus.WITHDRAWN),
        "answer": status == PostingStatus.CHANGES_REQUESTED,
    }


def timeline(posting):
    """What has happened, oldest first, for the timeline component."""
    return [
        {"title": _event_title(event), "text": _event_text(event), "next": False}
        for event in posting.events.select_related("by")
    ]


def _event_title(event):
    if event.kind != EventKind.STATUS:
        return event.get_kind_display()
    return event.get_to_status_display()


def _event_text(event):
    at = date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")
    return ". ".join(filter(None, [at, event.note]))


def today_page(organisation):
    """What the first page of the desk shows of postings: the table."""
    postings = list(
        JobPosting.objects.for_organisation(organisation)
        .exclude(status=PostingStatus.ARCHIVED)
        .for_listing()
        .annotate(application_count=Count("applications"))
        .order_by("-saved_at", "-pk")[:50]
    )
    return {"rows": rows(postings)}


def todo_rows(membership):
    """What waits today, for the desk: oldest applications first, then the postings."""
    organisation = membership.organisation
    applications = Application.objects.for_organisation(organisation).new().select_related("posting")
    postings = JobPosting.objects.for_organisation(organisation).exclude(status=PostingStatus.ARCHIVED).for_listing()
    waiting = [_waiting_application(application) for application in applications.order_by("created_at", "pk")[:50]]
    todo = [_todo(posting) for posting in postings.order_by("-saved_at", "-pk")[:50]]
    return [TodayRow(**row) for row in [*waiting, *filter(None, todo)]]


def _todo(posting):
    """What the organisation should do with a posting now, or None."""
    if posting.status == PostingStatus.CHANGES_REQUESTED:
        words, text, url = (
            _("Complete the posting: %(title)s"),
            _("A moderator asks for a change."),
            _edit(posting, "tarkista"),
        )
    elif posting.status == PostingStatus.EXPIRED:
        words = _("Did you find somebody: %(title)s")
        text = _("The time to apply has ended. Mark the job as filled or extend the time.")
        url = reverse("jobs:desk_posting", args=[posting.pk])
    elif posting.is_stale:
        words, text = _("Confirm that the job is still open: %(title)s"), _("Last confirmed 60 days ago.")
        url = reverse("jobs:desk_posting", args=[posting.pk])
    elif posting.status == PostingStatus.DRAFT:
        words, text = _("Go on with the draft: %(title)s"), _("Only your organisation sees it.")
        url = _edit(posting, "nimi")
    else:
        return None
    icon = "pencil" if posting.is_editable and not posting.is_stale else "clock"
    return {"icon": icon, "title": filled(words, title=own_title(posting)), "url": url, "text": text, "end": ""}


def _edit(posting, step):
    return reverse("jobs:posting_edit", args=[posting.pk, step])


def _waiting_application(application):
    days = (timezone.localdate() - timezone.localdate(application.created_at)).days
    waited = ngettext("waited %(count)s day", "waited %(count)s days", days) % {"count": days} if days else _("today")
    return {
        "icon": "mail",
        "title": filled(_("Answer an application: %(title)s"), title=own_title(application.posting)),
        "url": reverse("jobs:application_detail", args=[application.pk]),
        "text": _("It came on %(date)s.") % {"date": date_format(timezone.localdate(application.created_at))},
        "end": waited,
    }
