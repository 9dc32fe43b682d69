"""What a posting says of itself in the reader's language: facts, marks, shares and demands, for the components."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, ngettext, pgettext
from django.utils.translation import gettext as _

from jobs.postings.enums import DemandLevel, Licence, PayBasis, StartKind, Support, TaskKind
from search.site.highlights import highlight

LAST_DAYS = 7  # from this many days on, what is left is said in days and in berry


@dataclass(frozen=True)
class Card:
    """A posting on a card. `query` marks the words of a search; `level` is the heading's.

    `task` is the title of the task that answers, in the pieces of `highlight`, where nothing else on the card does.
    """

    posting: Any
    facts: list[dict]
    tags: list[str]
    plain_tags: list[str]
    query: Any = None
    task: Any = ()
    level: int = 2
    is_narrow: bool = False

    @classmethod
    def of(cls, posting, *, kilometres=None, query=None, **look):
        """`kilometres` is the way to the municipality's centre from where the reader is, if that is known."""
        facts = card_facts(posting, kilometres=kilometres)
        task = answering_task(posting, query)
        return cls(posting, facts, tags(posting), plain_tags(posting), query=query, task=task, **look)


@dataclass(frozen=True)
class PostingPage:
    """What the posting's own page, its preview and its print show."""

    posting: Any
    facts: list[dict]
    tags: list[str]
    plain_tags: list[str]
    foreign_text: str
    tasks: list[dict]
    demands: list[dict]
    support: list[str]
    licences: list[str]
    pay: str
    days_left: str
    is_closed: bool
    is_preview: bool = False

    @classmethod
    def of(cls, posting, *, is_preview=False):
        return cls(
            posting=posting,
            facts=page_facts(posting),
            tags=tags(posting),
            plain_tags=plain_tags(posting),
            foreign_text=foreign_text(posting),
            tasks=task_shares(posting),
            demands=demand_rows(posting),
            support=support_lines(posting),
            licences=licence_words(posting),
            pay=pay(posting),
            days_left=days_left(posting),
            is_closed=not posting.is_open,
            is_preview=is_preview,
        )

    @property
    def is_open(self):
        """Whether anybody may act on the page: it is neither closed nor a preview."""
        return not self.is_closed and not self.is_preview


def answering_task(posting, query):
    """The task that answers a search most, its words marked, where title and `fits` have none."""
    titles = (getattr(posting, "task_titles", "") or "").splitlines() if query else []
    if not titles or any(map(_answers, _marked([str(posting), posting.fits], posting, query))):
        return []
    best = max(_marked(sorted(titles), posting, query), key=_answers)
    return best if _answers(best) else []


def _marked(texts, posting, query):
    return [highlight(text, query, posting.language) for text in texts]


def _answers(pieces):
    """How many words of a marked text answer."""
    return sum(answers for _piece, answers in pieces)


def place(posting):
    return ", ".join(filter(None, [posting.municipality.name if posting.municipality else "", posting.district]))


def hours(posting):
    """ "20 hours a week" or "15–20 hours a week"; empty when not answered."""
    if posting.hours_max is None:
        return ""
    if posting.hours_min is None or posting.hours_min == posting.hours_max:
        count = posting.hours_max
        return ngettext("%(hours)s hour a week", "%(hours)s hours a week", 1 if count == 1 else 2) % {
            "hours": _number(count)
        }
    span = f"{_number(posting.hours_min)}–{_number(posting.hours_max)}"
    return _("%(hours)s hours a week") % {"hours": span}


def times(posting):
    """The days and times in the association's words, else the parts of day."""
    return posting.times or ", ".join(label.lower() for label in posting.day_part_labels)


def start(posting):
    if posting.start_kind == StartKind.DATE and posting.start_date:
        return date_format(posting.start_date)
    return {StartKind.SOON: _("as soon as possible"), StartKind.AGREED: _("as agreed")}.get(posting.start_kind, "")


def days_left(posting):
    """What is left of the time to apply, in words; empty when it is over or not set."""
    days = posting.days_left
    if days is None or days < 0:
        return ""
    if days == 0:
        return _("last day today")
    return ngettext("%(count)s day left", "%(count)s days left", days) % {"count": days}


def duration(posting):
    if posting.end_date:
        return _("until %(date)s") % {"date": date_format(posting.end_date)}
    if posting.duration_months:
        count = posting.duration_months
        return ngettext("lasts %(count)s month", "lasts %(count)s months", count) % {"count": count}
    return posting.get_continuity_display().lower() if posting.continuity else ""


def card_facts(posting, *, kilometres=None):
    """The four facts of a card: where, hours, from when, until when. `kilometres` is the way to the municipality."""
    is_last = posting.days_left is not None and 0 <= posting.days_left <= LAST_DAYS
    return [
        _fact("place", _("Place"), _with_way(place(posting), kilometres), word_hidden=True),
        _hours_in_full(posting),
        _fact("calendar", _("Starts"), start(posting)),
        _fact(
            "hourglass",
            _("Apply by"),
            _date(posting.application_deadline),
            days_left(posting) if is_last else "",
            is_last,
        ),
    ]


def page_facts(posting):
    """The same four at the top of the posting's own page, with a detail each."""
    is_last = posting.days_left is not None and 0 <= posting.days_left <= LAST_DAYS
    return [
        _fact("place", _("Place"), place(posting), _remote(posting)),
        {**_fact("clock", _("Hours"), hours(posting), times(posting)), "language": _language_of_times(posting)},
        _fact("calendar", _("Work starts"), start(posting), duration(posting)),
        _fact("hourglass", _("Apply by"), _date(posting.application_deadline), days_left(posting), is_last),
    ]


def tags(posting):
    """At most three tags of a card."""
    words = [
        (posting.is_subsidy_possible, _("Pay subsidy possible")),
        (posting.is_tailored, _("Can be tailored")),
        (bool(posting.easy_text), pgettext("mark", "Easy Finnish")),
    ]
    return [word for is_true, word in words if is_true]


def plain_tags(posting):
    """What a reader should know of who offers the job: a company's job is of the open labour market."""
    return [_("Open labour market")] if posting.organisation.is_open_labour_market else []


def foreign_text(posting):
    """Says that the association's own words are in another language than the page; empty when they are not."""
    if posting.language == get_language():
        return ""
    names = {"fi": _("in Finnish"), "sv": _("in Swedish"), "en": _("in English")}
    return _("The organisation has written its text %(language)s.") % {"language": names[posting.language]}


def task_shares(posting):
    """Each task with its share of the week, as a whole percentage and in words."""
    tasks = list(posting.tasks.all())
    total = sum(task.minutes_per_week or 0 for task in tasks)
    return [
        {
            "name": task.title,
            "language": posting.language,
            "percent": round(100 * (task.minutes_per_week or 0) / total) if total else 0,
            "words": _share_words(task),
            "is_core": task.kind == TaskKind.CORE,
        }
        for task in tasks
    ]


def demand_rows(posting):
    """The demands that the work has; what it does not ask is left out."""
    return [
        {
            "name": demand.get_demand_display(),
            "level": demand.level,
            "word": DemandLevel(demand.level).label,
            "note": demand.note,
            "language": posting.language,
            "adaptable": demand.can_be_adapted and demand.level > 0,
        }
        for demand in posting.demands.all()
        if demand.level
    ]


def support_lines(posting):
    """The ready sentences, without the association's own note."""
    return [str(Support(code).label) + "." for code in posting.support if code in Support.values]


def licence_words(posting):
    return [Licence(code).label for code in posting.licences if code in Licence.values]


def pay(posting):
    """The pay in a sentence without its full stop; empty when the association has not told it."""
    if posting.pay_min is None and posting.pay_max is None:
        return ""
    low, high = posting.pay_min, posting.pay_max
    span = (
        _money(high if low is None else low) if low in {high, None} or high is None else f"{_money(low)}–{_money(high)}"
    )
    unit = {PayBasis.TIME: _("an hour"), PayBasis.FIXED: _("a month")}.get(posting.pay_basis, "")
    return f"{span} € {unit}".strip()


def _share_words(task):
    parts = [_weekly(task.minutes_per_week)] if task.minutes_per_week else []
    if task.can_be_left_out:
        parts.append(_("can be left out"))
    return ", ".join(parts)


def _weekly(minutes):
    if minutes < 60:
        return _("about %(count)s minutes a week") % {"count": minutes}
    count = _number(Decimal(minutes) / 60)
    return ngettext("about %(hours)s hour a week", "about %(hours)s hours a week", 1 if minutes == 60 else 2) % {
        "hours": count
    }


def _with_way(words, kilometres):
    """The place with the way to its municipality's centre, where the reader told where they are."""
    if kilometres is None or kilometres < 1:
        return words
    return _("%(place)s, about %(km)s km") % {"place": words, "km": round(kilometres)}


def _remote(posting):
    if not posting.remote_share:
        return ""
    return _("%(share)s %% of the work remotely") % {"share": posting.remote_share}


def _hours_in_full(posting):
    """The hours with the days and times after them; in the association's words, so their language is told."""
    counted, worded = hours(posting), times(posting)
    fact = _fact("clock", _("Hours"), counted or worded, word_hidden=True)
    return {**fact, "addition": worded if counted else "", "language": _language_of_times(posting)}


def _language_of_times(posting):
    return posting.language if posting.times else ""


def _fact(icon, word, value, detail="", urgent=False, word_hidden=False):  # noqa: PLR0917 — read as one line of a table
    return {"icon": icon, "word": word, "value": value, "detail": detail, "urgent": urgent, "word_hidden": word_hidden}


def _date(day):
    return date_format(day) if day else ""


def _number(value):
    value = Decimal(value).quantize(Decimal("0.1")).normalize()
    return number_format(value, decimal_pos=None if value % 1 else 0)


def _money(value):
    return number_format(value, decimal_pos=0 if value == value.to_integral_value() else 2, force_grouping=True)
