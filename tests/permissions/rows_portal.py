import pytest

from portal.enums import MailState
from portal.mail import outbox
from portal.models import OutgoingMail
from tests.permissions.matrix import STAFF, Row, everybody, only, signed_in

ANYBODY = everybody(200)


def build(world):
    world.mail = outbox.post_text("someone@example.org", "Subject", "Text")
    world.failed_mail = OutgoingMail.objects.create(
        recipient="someone@example.org", language="fi", subject="Subject", text="Text", state=MailState.FAILED
    )


MODERATE = ("moderator", "superuser")
MODERATORS = only(200, *MODERATE, otherwise=302)
MODERATORS_GO_ON = only(302, *MODERATE, otherwise=302)
ROWS = [
    Row("admin_login", get=signed_in(403), post=signed_in(403)),
    Row("wagtailcore_login", get=signed_in(403), post=signed_in(403)),
    Row("portal:healthz", get=ANYBODY),
    Row("portal:readyz", get=ANYBODY),
    Row("portal:robots_txt", get=ANYBODY),
    Row("portal:sitemap_index", get=ANYBODY),
    Row("portal:sitemap_section", lambda world: ["pages"], get=ANYBODY),
    Row("portal:security_txt", get=everybody(404)),
    Row("portal:media", lambda world: ["images/none.png"], get=everybody(404)),
    Row("portal:theme", post=everybody(302)),
    Row("portal:outbox_list", get=ANYBODY),
    Row("portal:outbox_detail", lambda world: [world.mail.pk], get=ANYBODY),
    Row("portal:outbox_html", lambda world: [world.mail.pk], get=ANYBODY, marks=(pytest.mark.raw_pages,)),
    Row("api:openapi-json", get=ANYBODY),
    Row("api:api-root", get=everybody(404), post=everybody(404)),
    Row("api_unknown", get=everybody(404), post=everybody(404)),
    Row("portal_figures", get=only(200, *STAFF, otherwise=302), post=only(405, *STAFF, otherwise=302)),
    Row("portal_admin_open", get=only(204, *STAFF, otherwise=302), post=only(405, *STAFF, otherwise=302)),
    Row("portal_mail_failed", get=MODERATORS, post=only(405, *MODERATE, otherwise=302)),
    Row("portal_mail_send_again", lambda world: [world.failed_mail.pk], get=MODERATORS, post=MODERATORS_GO_ON),
    Row("unsent", get=signed_in(302)),
    Row("clear_device", get=ANYBODY, post=ANYBODY),
    Row("styleguide", get=only(200, *STAFF, otherwise=403)),
]
