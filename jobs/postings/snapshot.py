"""A posting's answers as plain data: to keep what a moderator saw, and to say what changed since."""

from datetime import date
from decimal import Decimal

from django.db.models import DateField, DecimalField
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from jobs.postings.enums import Demand
from jobs.postings.fields import ANSWERS, BY_NAME
from jobs.postings.models import JobPosting, JobTask


def snapshot_of(posting):
    """Every answer by name, in words that JSON keeps: two of these are compared, one is stored with an event."""
    return {
        answer.name: (
            [row_in_words(row) for row in rows_of(posting, answer.name)]
            if answer.is_rows
            else _plain(getattr(posting, answer.name))
        )
        for answer in ANSWERS
    }


def rows_of(posting, name):
    """The rows of an answer in the order of the page; a demand that the work does not have is no row."""
    rows = list(getattr(posting, name).all())
    if name == "demands":
        return sorted((row for row in rows if row.level), key=lambda row: Demand.values.index(row.demand))
    return sorted(rows, key=lambda row: (getattr(row, "position", 0), row.pk))


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
    if BY_NAME[name].is_rows:
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
    return posting.language if BY_NAME[name].is_text else ""


def worded(name, value):
    """An answer of a row or of a snapshot in words for a person: codes by their labels, days as they are written."""
    value = _plain(value)
    answer = BY_NAME[name]
    if answer.is_rows or value in (None, ""):
        return _shown(value)
    if answer.codes:
        labels = dict(answer.codes.choices)
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


def rows_in_words(name, rows):
    """The rows of an answer, given as dictionaries of its columns, in one line and in full."""
    model = JobPosting._meta.get_field(name).related_model
    return "; ".join(row_in_words(model(**row), in_full=True) for row in rows)
