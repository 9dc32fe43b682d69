"""A posting's answers as plain data: to keep what a moderator saw, and to say what changed since."""

from datetime import date
from decimal import Decimal

from django.db.models import DateField, DecimalField
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from jobs.enums import Licence, Support
from jobs.models import JobPosting

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


def answers_of(posting):
    """Every answer by name, in words that JSON keeps: two of these are compared, one is stored with an event."""
    answers = {name: _plain(getattr(posting, name)) for name in ANSWER_FIELDS}
    answers["tasks"] = [
        f"{task.title} ({task.get_kind_display()}, {task.minutes_per_week or 0} min)" for task in posting.tasks.all()
    ]
    answers["languages"] = [str(language) for language in posting.languages.all()]
    answers["demands"] = [f"{demand} {demand.note}".strip() for demand in posting.demands.all() if demand.level]
    return answers


def changed_since(snapshot, posting):
    """The answers that differ from a snapshot: dictionaries of name, label, before, after. Empty without a snapshot."""
    if not snapshot:
        return []
    pairs = {name: (snapshot.get(name), value) for name, value in answers_of(posting).items()}
    return [
        {"name": name, "label": label_of(name), "before": _worded(name, before), "after": _worded(name, after)}
        for name, (before, after) in pairs.items()
        if before != after
    ]


def shown_answers(posting):
    """Every answer that says something, in words for a person: codes by their labels."""
    shown = answers_of(posting)
    shown["day_parts"] = posting.day_part_labels
    shown["licences"] = [Licence(code).label for code in posting.licences if code in Licence.values]
    shown["support"] = [Support(code).label for code in posting.support if code in Support.values]
    return {name: _worded(name, value) for name, value in shown.items() if value not in (None, "", [], False)}


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


def _worded(name, value):
    """An answer as it is kept, in words for a person: codes by their labels, days and numbers as they are written."""
    if name in PARTS or value in (None, ""):
        return _shown(value)
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
