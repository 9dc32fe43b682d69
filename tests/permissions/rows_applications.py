"""Applications: the applicant's own pages are open but empty without a code; the inbox is its organisation's alone."""

import uuid

from tests.jobs.factories import ApplicationFactory, JobPostingFactory
from tests.permissions.matrix import Row, everybody, only

ANYBODY = everybody(200)
# The page that asks for the code.
SENT_TO_ASK = everybody(302)
OWN = only(200, "member", "admin")
OTHER = only(200, "other_admin")


def build(world):
    world.application_posting = JobPostingFactory(organisation=world.association)
    world.application = ApplicationFactory(posting=world.application_posting)
    world.application_token = world.application.renew_token()
    world.application.save()
    world.strange_application = ApplicationFactory(posting=JobPostingFactory(organisation=world.stranger))
    world.draft_posting = JobPostingFactory(draft=True, organisation=world.association)


def rows_for(whose, get, may, own):
    """The inbox's addresses for an application of one's own or of others."""
    roles = ("member", "admin") if own else ("other_admin",)

    def arguments(world):
        return [(world.application if own else world.strange_application).pk]

    return [
        Row("jobs:application_detail", arguments, whose, get=get),
        Row(
            "jobs:application_move",
            arguments,
            whose,
            post=only(302, *roles),
            data=lambda world: {"to": "IN_CONTACT", "seen": "NEW"},
        ),
        Row(
            "jobs:application_decline",
            arguments,
            whose,
            get=get,
            post=only(302, *roles),
            data=lambda world: {"reason": "HOURS", "text": "Hei", "seen": "NEW"},
        ),
        Row("jobs:application_note", arguments, whose, post=only(302, *roles), data=lambda world: {"text": may}),
    ]


ROWS = [
    Row("jobs:posting_apply", lambda world: [world.application_posting.pk], get=ANYBODY, post=ANYBODY),
    Row("jobs:posting_apply", lambda world: [world.draft_posting.pk], "draft", get=everybody(404), post=everybody(404)),
    Row(
        "jobs:posting_apply_step",
        lambda world: [world.application_posting.pk, 3],
        get=everybody(302),
        post=everybody(302),
    ),
    Row("jobs:application_receipt", lambda world: [world.application_posting.pk], "nobody's", get=everybody(404)),
    Row("jobs:application_status", get=ANYBODY, post=ANYBODY),
    Row("jobs:application_link", lambda world: [world.application_token], get=SENT_TO_ASK),
    Row("jobs:application_link", lambda world: [uuid.uuid4().hex], "nobody's", get=everybody(404)),
    Row("jobs:application_state", get=SENT_TO_ASK),
    Row("jobs:application_withdraw", get=SENT_TO_ASK, post=SENT_TO_ASK),
    Row("jobs:desk_applications", get=only(200, "member", "admin", "other_admin")),
    *rows_for("own", OWN, "Soitin.", own=True),
    *rows_for("other's", OTHER, "Soitin.", own=False),
]
