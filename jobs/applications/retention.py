"""How long the personal data of applications are kept: see docs/data-retention.md."""

from jobs.applications.models import Application
from portal.privacy.retention import RetentionRule, delete_rows, register


def delete_applications(dry_run):
    """The events and the notes go with them."""
    return delete_rows(Application.objects.expired(), dry_run)


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
        name="applications: note on an application",
        model="applications.ApplicationNote",
        fields=("*",),
        kept="with the application",
    ),
]


def register_rules():
    for rule in RULES:
        register(rule)
