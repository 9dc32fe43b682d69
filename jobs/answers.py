"""A posting's answers as plain data: to keep what a moderator saw, and to say what changed since."""

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
    now = answers_of(posting)
    return [
        {"name": name, "label": label_of(name), "before": _shown(snapshot.get(name)), "after": _shown(value)}
        for name, value in now.items()
        if snapshot.get(name) != value
    ]


def shown_answers(posting):
    """Every answer that says something, in words for a person: codes by their labels."""
    shown = answers_of(posting)
    for name in ANSWER_FIELDS:
        display = getattr(posting, f"get_{name}_display", None)
        shown[name] = display() if display and shown[name] else shown[name]
    shown["day_parts"] = posting.day_part_labels
    shown["licences"] = [Licence(code).label for code in posting.licences if code in Licence.values]
    shown["support"] = [Support(code).label for code in posting.support if code in Support.values]
    return {name: _shown(value) for name, value in shown.items() if value not in (None, "", [], False)}


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


def _shown(value):
    if isinstance(value, list):
        return ", ".join(map(str, value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return "" if value is None else str(value)
