"""Writes applications to the demonstration jobs, each with the way it has gone so far."""

import uuid
from pathlib import Path

from jobs.applications.actions.applications import window_end
from jobs.applications.enums import ApplicationStatus
from jobs.applications.models import KEEP_FOR, Application, ApplicationEvent, ApplicationNote
from jobs.postings.models import JobPosting
from portal.furniture.links import hash_token
from portal.phone_numbers import phone_key
from portal.site.dates import moment_ago
from portal.site.writing import paragraphs, read

SOURCE = Path(__file__).parent / "applications.toml"
BY_APPLICANT = {ApplicationStatus.WITHDRAWN}
AS_WRITTEN = ["name", "phone", "email", "language", "tasks", "hours_wish", "start_wish", "decline_reason"]


def tables():
    return read(SOURCE)["application"]


def write():
    """Makes the applications that are missing."""
    for table in tables():
        posting = JobPosting.objects.select_related("organisation").get(title=table["posting"], is_demonstration=True)
        if not posting.applications.filter(name=table["name"]).exists():
            _write_application(table, posting)


def _write_application(table, posting):
    path = [(ApplicationStatus(status), days) for status, days in table.get("path", [])]
    changed = path[-1][1] if path else table["sent"]
    application = Application.objects.create(
        posting=posting,
        status=path[-1][0] if path else ApplicationStatus.NEW,
        # Nobody gets the link to an invented person's application.
        token_hash=hash_token(uuid.uuid4().hex),
        form_key=uuid.uuid4(),
        phone_key=phone_key(table.get("phone", "")),
        message=paragraphs(table.get("message", "")),
        created_at=moment_ago(table["sent"], hour=12),
        changed_at=moment_ago(changed, hour=13 if path else 12),
        delete_on=window_end(posting) + KEEP_FOR,
        **{name: table[name] for name in AS_WRITTEN if name in table},
    )
    _write_path(application, path)
    for number, text in enumerate(table.get("notes", [])):
        ApplicationNote.objects.create(
            application=application,
            author=posting.created_by,
            text=text,
            created_at=moment_ago(changed, hour=13, minute=15 * (number + 1)),
        )


def _write_path(application, path):
    ApplicationEvent.objects.create(application=application, to_status="NEW", at=application.created_at)
    before = ApplicationStatus.NEW
    for status, days in path:
        ApplicationEvent.objects.create(
            application=application,
            from_status=before,
            to_status=status,
            by=None if status in BY_APPLICANT else application.posting.created_by,
            at=moment_ago(days, hour=13),
        )
        before = status
