"""What the desk says of postings: rows of the table, what waits today, and what has happened."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.registry import Registry
from jobs.postings import acts
from jobs.postings.enums import VIEWS, PostingStatus
from jobs.postings.models import JobPosting
from jobs.postings.presentation import LAST_DAYS, days_left
from organisations.desk import TodayRow
from portal.furniture import daily_counts
from portal.templatetags.portal_tags import filled, in_own_words

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# So many of an organisation's postings are on the desk's first page.
MOST_ON_DESK = 50
# Nobody is accused: most who write such a word mean no harm.
HIDDEN = gettext_lazy(
    "Jobseekers do not see the job just now. The text has words that scams often use. A moderator reads it, and shows "
    "it again if all is well. You need not do anything."
)
TONES = {PostingStatus.SUBMITTED: "waiting", PostingStatus.CHANGES_REQUESTED: "waiting"}


@dataclass(frozen=True)
class Column:
    """A column of numbers in the table of postings. `count(postings)` asks once for all: numbers by primary key."""

    name: str
    label: "_StrPromise"
    count: Callable[[Iterable[JobPosting]], dict[int, int]]
    position: int = 0


COLUMNS: Registry[Column] = Registry()
register = COLUMNS.register


def view_counts(postings):
    totals = daily_counts.total(VIEWS, [posting.pk for posting in postings])
    return {posting.pk: totals[str(posting.pk)] for posting in postings}


register(Column("views", gettext_lazy("Views"), view_counts, position=90))


def own_title(posting):
    """The posting's name, marked with its language where the page has another one; "Unnamed job" is ours."""
    return in_own_words(posting.title, posting.language) if posting.title else str(posting)


def columns():
    """The heads of the table's columns, the job's name first."""
    heads = [(_("Job"), False), (_("State"), False), (_("Time to apply"), False)]
    heads += [(column.label, True) for column in COLUMNS]
    titled = [{"title": title, "number": is_number, "hidden": False} for title, is_number in heads]
    return [*titled, {"title": _("Action"), "number": False, "hidden": True}]


def rows(postings):
    """The postings as rows of the table component."""
    postings = list(postings)
    numbers = [(column.label, column.count(postings)) for column in COLUMNS]
    return [
        {
            "title": own_title(posting),
            "url": reverse("jobs:desk_posting", args=[posting.pk]),
            "total": False,
            "cells": _cells(posting, [(label, counts.get(posting.pk, 0)) for label, counts in numbers]),
        }
        for posting in postings
    ]


def _cells(posting, numbers):
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
        *[_count(label, number) for label, number in numbers],
        {"label": "", "kind": "is-action", **_next_step(posting)},
    ]


def tone(posting):
    """How loud the state's mark is."""
    if posting.is_hidden:
        return "waiting"
    return "" if posting.is_open else TONES.get(posting.status, "plain")


def state(posting):
    """The state as the organisation understands it: what is published may not be open."""
    if posting.is_hidden:
        return pgettext("a job", "Hidden")
    if posting.status == PostingStatus.PUBLISHED:
        return _("Open") if posting.is_open else _("Not shown")
    return posting.get_status_display()


def state_words(posting):
    """One sentence on what the state means and what comes next."""
    if posting.is_hidden:
        return HIDDEN
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


@dataclass(frozen=True)
class ActButton:
    """A button that does one act. `variant` is its look: empty for the one that is filled."""

    url: str
    text: "_StrPromise"
    variant: str = "secondary"


# The acts that are one press each, in the order of the page.
BUTTONS = {
    acts.TAKE_BACK: (gettext_lazy("Take back and edit"), "secondary"),
    acts.FILL: (gettext_lazy("Mark the job as filled"), ""),
    acts.REOPEN: (gettext_lazy("Open again: the hire fell through"), "secondary"),
    acts.CONFIRM: (gettext_lazy("Yes, the job is still open"), "secondary"),
}


def buttons(posting):
    """What may be done just now, by the table that the actions ask too."""
    return [_button(posting, act, *look) for act, look in BUTTONS.items() if act.is_possible(posting)]


def way_out(posting):
    """The button that withdraws the posting, or None."""
    if acts.WITHDRAW.is_possible(posting):
        return _button(posting, acts.WITHDRAW, gettext_lazy("Withdraw the posting"), "danger")
    return None


def _button(posting, act, text, variant):
    return ActButton(reverse("jobs:posting_action", args=[posting.pk, act.name.replace("_", "-")]), text, variant)


def timeline(posting):
    """What has happened, oldest first, for the timeline component."""
    return [
        {"title": event.label, "text": _event_text(event), "next": False}
        for event in posting.events.select_related("by")
    ]


def _event_text(event):
    at = date_format(timezone.localtime(event.at), "SHORT_DATETIME_FORMAT")
    return ". ".join(filter(None, [at, event.note]))


def recent_postings(organisation):
    """The organisation's postings that are not archived, as the table shows them."""
    postings = JobPosting.objects.for_organisation(organisation).exclude(status=PostingStatus.ARCHIVED)
    return postings.for_listing().order_by("-saved_at", "-pk")


def postings_on_desk(organisation):
    """Those of the desk's first page, read once for all that it shows of them."""
    if not hasattr(organisation, "_postings_on_desk"):
        organisation._postings_on_desk = list(recent_postings(organisation)[:MOST_ON_DESK])
    return organisation._postings_on_desk


def todo_of(membership):
    """What the organisation should do with its postings now."""
    return [row for posting in postings_on_desk(membership.organisation) if (row := _todo(posting))]


def _todo(posting):
    """What the organisation should do with a posting now, or None."""
    if posting.status == PostingStatus.CHANGES_REQUESTED:
        words, text, url = (
            _("Complete the posting: %(title)s"),
            _("A moderator asks for a change."),
            _edit(posting, "tarkista"),
        )
    elif posting.is_hidden:
        words, text = _("Hidden for now: %(title)s"), HIDDEN
        url = reverse("jobs:desk_posting", args=[posting.pk])
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
    return TodayRow(title=filled(words, title=own_title(posting)), url=url, text=text, icon=icon)


def _edit(posting, step):
    return reverse("jobs:posting_edit", args=[posting.pk, step])


def count_open(organisation):
    """How many jobs nobody would see any more if the organisation were paused or closed."""
    return JobPosting.objects.open().for_organisation(organisation).count()


def open_in_words(count):
    words = ngettext("%(count)s open job is no longer shown.", "%(count)s open jobs are no longer shown.", count)
    return words % {"count": count}
