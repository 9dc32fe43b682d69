"""How long the personal data of applications are kept: see docs/data-retention.md."""

from jobs.applications.models import Application, ApplicationEvent, ApplicationNote
from portal.privacy import traces
from portal.privacy.retention import RetentionRule, delete_rows, register
from portal.privacy.traces import Tracer, look_through, page_of


def delete_applications(dry_run):
    """The events, the notes and who has read go with them."""
    return delete_rows(Application.objects.expired(), dry_run)


def erase_own(person):
    """The person's applications, whatever has become of them."""
    rows = Application.objects.order_by("pk").values_list("pk", "name", "email", "phone").iterator()
    mine = [pk for pk, name, email, phone in rows if person.has(name=name, email=email, phone=phone)]
    return delete_rows(Application.objects.filter(pk__in=mine), dry_run=False)


def look_for(person):
    """Applications of others, and what was noted about them. Staff read none: their pages are the organisation's."""
    page, note = page_of("jobs:application_detail"), ApplicationNote.objects.all()
    yield from look_through(Application.objects.all(), ["name", "email", "phone", "message"], person, page)
    yield from look_through(note, ["text"], person, page, "application")
    yield from look_through(ApplicationEvent.objects.all(), ["note"], person, page, "application")


RULES = [
    RetentionRule(
        name="applications: application",
        model="applications.Application",
        fields=("*",),
        kept="365 days after the last day on which anyone could apply: the deadline, or the day when the posting "
        "closed before it; the date stands on the application and moves with the posting",
        delete=delete_applications,
    ),
    RetentionRule(
        name="applications: event of an application",
        model="applications.ApplicationEvent",
        fields=("*",),
        kept="with the application",
    ),
    RetentionRule(
        name="applications: reading of an application",
        model="applications.ApplicationReading",
        fields=("reader", "day"),
        kept="with the application; the name of who has read goes with that person's account",
    ),
    RetentionRule(
        name="applications: note on an application",
        model="applications.ApplicationNote",
        fields=("*",),
        kept="with the application",
    ),
]


def register_rules():
    for rule in RULES:
        register(rule)
    traces.register(Tracer("applications", look_for, erase_own))
