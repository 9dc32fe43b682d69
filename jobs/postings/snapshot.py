"""A posting's answers as plain data: to keep what a moderator saw, and to say what changed since."""

from datetime import date
from decimal import Decimal

from django.db.models import DateField, DecimalField
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from jobs.postings.enums import DayPart, Licence, Support
from jobs.postings.models import JobPosting, JobTask

ANSWER_FIELDS = [
    "title",
    "task_field",
    "fits",
    "description",
    "easy_text",
    "municipality",
    "district",
    "street_address",
    "postal_code",
    "accessibility",
    "directions",
    "remote_share",
    "hours_min",
    "hours_max",
    "day_parts",
    "times",
    "start_kind",
    "start_date",
    "application_deadline",
    "continuity",
    "end_date",
    "duration_months",
    "openings",
    "contact_name",
    "contact_role",
    "contact_phone",
    "contact_email",
    "contact_hours",
    "pay_basis",
    "pay_min",
    "pay_max",
    "pay_note",
    "licences",
    "support",
    "support_note",
    "is_tailored",
    "is_subsidy_possible",
    "is_trial_possible",
    "internal_note",
]
PARTS = ["tasks", "languages", "demands"]
# Answers that are lists of codes.
CODE_SETS = {"day_parts": DayPart, "licences": Licence, "support": Support}
TEXT_FIELDS = [
    "title",
    "fits",
    "description",
    "easy_text",
    "district",
    "street_address",
    "accessibility",
    "directions",
    "times",
    "contact_name",
    "contact_role",
    "contact_hours",
    "pay_note",
    "support_note",
    "internal_note",
]


def snapshot_of(posting):
    """Every answer by name, in words that JSON keeps: two of these are compared, one is stored with an event."""
    answers = {name: _plain(getattr(posting, name)) for name in ANSWER_FIELDS}
    answers["tasks"] = [row_in_words(task) for task in posting.tasks.all()]
    answers["languages"] = [row_in_words(language) for language in posting.languages.all()]
    answers["demands"] = [row_in_words(demand) for demand in posting.demands.all() if demand.level]
    return answers


def row_in_words(row, *, in_full=False):
    """A task, a language or a demand in words, `in_full` with what is ticked beside it."""
    if isinstance(row, JobTask):
        words, tick = f"{row.title} ({row.get_kind_display()}, {row.minutes_per_week or 0} min)", "can_be_left_out"
    else:
        words, tick = f"{row} {getattr(row, 'note', '')}".strip(), "can_be_adapted"
    if in_full and getattr(row, tick, False):
        words += f", {row._meta.get_field(tick).verbose_name}"
    return words


def changed_since(snapshot, posting):
    """The answers that differ from a snapshot: dictionaries of name, label, before, after. Empty without a snapshot."""
    if not snapshot:
        return []
    pairs = {name: (snapshot.get(name), value) for name, value in snapshot_of(posting).items()}
    return [
        {"name": name, "label": label_of(name), "before": worded(name, before), "after": worded(name, after)}
        for name, (before, after) in pairs.items()
        if before != after
    ]


def shown_answers(posting):
    """Every answer that says something, in words for a person: codes by their labels."""
    return {
        name: worded(name, value) for name, value in snapshot_of(posting).items() if value not in (None, "", [], False)
    }


def label_of(name):
    """What an answer is called on the page."""
    if name in PARTS:
        return {"tasks": _("Tasks"), "languages": _("Languages"), "demands": _("What the work asks")}[name]
    verbose = str(JobPosting._meta.get_field(name).verbose_name)
    return verbose[:1].upper() + verbose[1:]


def _plain(value):
    if value is None or isinstance(value, bool | int | list):
        return value
    return str(value)


def language_of(name, posting):
    """The language that an answer is written in; empty when it is no text."""
    if name == "easy_text":
        return "fi"
    return posting.language if name in TEXT_FIELDS else ""


def worded(name, value):
    """An answer of a row or of a snapshot in words for a person: codes by their labels, days as they are written."""
    value = _plain(value)
    if name in PARTS or value in (None, ""):
        return _shown(value)
    if name in CODE_SETS:
        labels = dict(CODE_SETS[name].choices)
        return _shown([labels.get(code, code) for code in value])
    field = JobPosting._meta.get_field(name)
    if isinstance(field, DateField):
        return date_format(date.fromisoformat(value))
    if isinstance(field, DecimalField):
        return number_format(f"{Decimal(value).normalize():f}")
    return _shown(dict(field.flatchoices).get(value, value) if isinstance(value, str) else value)


def _shown(value):
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
