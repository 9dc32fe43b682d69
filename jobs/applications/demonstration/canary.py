"""An application to each of the canary's open postings, with marks in everything that the applicant wrote."""

import uuid

from jobs.applications.models import KEEP_FOR, Application, ApplicationEvent, ApplicationNote
from portal.phone_numbers import phone_key
from portal.site.canary import ADMINS, DOMAIN, MEMBERS, SIDES

INSIDE = (MEMBERS, ADMINS)


def forget():
    Application.objects.filter(posting__organisation__contact_email__endswith=f"@{DOMAIN}").delete()


def write(report):
    for number, side in enumerate(SIDES, 1):
        _write_application(report, side, report.rows[side, "open posting"], phone=f"013000090{number}")


def _write_application(report, side, posting, phone):
    def mark(field, value=None):
        return report.mark(side, f"application_{field}", Application, field, *INSIDE, value=value)

    application = Application(
        posting=posting,
        form_key=uuid.uuid4(),
        name=mark("name"),
        phone=mark("phone", phone),
        phone_key=phone_key(phone),
        email=mark("email", f"hakija-{side}@{DOMAIN}"),
        message=mark("message"),
        delete_on=posting.application_deadline + KEEP_FOR,
    )
    report.tokens[f"application_{side}"] = application.renew_token()
    report.tokens[f"reference_{side}"] = application.reference
    application.save()
    ApplicationEvent.objects.create(application=application, to_status=application.status)
    note = report.mark(side, "application_note", ApplicationNote, "text", *INSIDE)
    ApplicationNote.objects.create(application=application, text=note)
