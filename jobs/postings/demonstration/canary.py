"""For each of the canary's associations an open posting and one that must be mended, with marks in what is internal."""

from datetime import timedelta

from django.utils import timezone

from jobs.postings.enums import EventKind, PostingStatus, StartKind
from jobs.postings.models import JobPosting, JobTask, PostingEvent
from organisations.models import TaskField
from portal.site.canary import ADMINS, DOMAIN, MEMBERS, REVIEWERS, SIDES
from portal.site.dates import day_ahead

INSIDE = (MEMBERS, ADMINS, REVIEWERS)


def forget():
    JobPosting.objects.filter(organisation__contact_email__endswith=f"@{DOMAIN}").delete()


def write(report):
    for side in SIDES:
        report.rows[side, "open posting"] = _write_posting(
            report.rows[side, "organisation"],
            f"Avoin koetyö {side.upper()}",
            PostingStatus.PUBLISHED,
            internal_note=report.mark(side, "internal_note", JobPosting, "internal_note", *INSIDE),
        )
        draft = report.rows[side, "draft posting"] = _write_posting(
            report.rows[side, "organisation"],
            report.mark(side, "draft_title", JobPosting, "title", *INSIDE),
            PostingStatus.CHANGES_REQUESTED,
            description=report.mark(side, "draft_description", JobPosting, "description", *INSIDE),
        )
        PostingEvent.objects.create(
            posting=draft,
            kind=EventKind.STATUS,
            from_status=PostingStatus.SUBMITTED,
            to_status=PostingStatus.CHANGES_REQUESTED,
            note=report.mark(side, "event_note", PostingEvent, "note", *INSIDE),
        )


def _write_posting(organisation, title, status, **fields):
    published = timezone.now() - timedelta(days=2) if status == PostingStatus.PUBLISHED else None
    fields = {"description": "Työllä koetellaan, kuka näkee mitä.", **fields}
    posting = JobPosting.objects.create(
        organisation=organisation,
        title=title,
        status=status,
        task_field=TaskField.objects.order_by("position").first(),
        municipality=organisation.municipality,
        hours_min=10,
        hours_max=10,
        day_parts=["FLEXIBLE"],
        start_kind=StartKind.SOON,
        application_deadline=day_ahead(60),
        contact_name="Kanaria Koe",
        contact_email=organisation.contact_email,
        submitted_at=timezone.now() - timedelta(days=3),
        published_at=published,
        confirmed_at=published,
        is_demonstration=True,
        **fields,
    )
    JobTask.objects.create(posting=posting, title="Kokeileminen", minutes_per_week=600, position=1)
    return posting
