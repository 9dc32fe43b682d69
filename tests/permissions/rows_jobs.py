"""Postings: the public pages are everybody's, the desk is the organisation's, the review is the moderators'."""

from tests.jobs.factories import JobPostingFactory
from tests.permissions.matrix import SIGN_IN, Row, everybody, only, signed_in

# Wagtail sends whoever may not be there to the admin's front page or to sign in: nothing of the posting is shown.
MODERATE = {**signed_in(302), "anonymous": SIGN_IN, "applicant": SIGN_IN, "moderator": 200, "superuser": 200}
NO_POST = {**MODERATE, "moderator": 405, "superuser": 405}
DECIDE = {**MODERATE, "moderator": 302, "superuser": 302}
NO_GET = {**NO_POST, "editor": 405}


def build(world):
    world.posting = JobPostingFactory(organisation=world.association)
    world.draft = JobPostingFactory(organisation=world.association, draft=True)
    world.strange_draft = JobPostingFactory(organisation=world.stranger, draft=True)
    world.submitted = JobPostingFactory(organisation=world.association, submitted=True)


def own_posting(world):
    return [world.posting.pk]


def desk_rows(whose, posting, *roles):
    """The addresses of one posting on the desk."""

    def key(*more):
        return lambda world: [getattr(world, posting).pk, *more]

    return [
        Row("jobs:desk_posting", key(), whose, get=only(200, *roles)),
        Row("jobs:posting_preview", key(), whose, get=only(200, *roles, "moderator", "superuser")),
        Row("jobs:posting_edit", key("nimi"), whose, get=only(200, *roles), post=only(200, *roles)),
        Row("jobs:posting_copy", key(), whose, post=only(302, *roles)),
        Row("jobs:posting_submit", key(), whose, post=only(302, *roles)),
        Row("jobs:posting_extend", key(), whose, post=only(302, *roles)),
        Row(
            "jobs:posting_comment",
            key(),
            whose,
            get=only(200, *roles),
            post=only(302, *roles),
            data=lambda world: {"text": "Hei"},
        ),
        Row("jobs:posting_action", key("take-back"), whose, post=only(302, *roles)),
    ]


def review_row(name, answers, data=None):
    return Row(f"posting:{name}", lambda world: [world.submitted.pk], get=NO_GET, post=answers, data=data)


def revision(world):
    return {"revision": world.submitted.revision}


ROWS = [
    Row("jobs:posting_list", get=everybody(200)),
    Row("jobs:saved_postings", get=everybody(200)),
    Row("jobs:posting_save", post=everybody(302), data=lambda world: {"posting": world.posting.pk}),
    Row("jobs:posting_detail", lambda world: [world.posting.pk, world.posting.slug], get=everybody(200)),
    Row("jobs:posting_detail", lambda world: [world.draft.pk, world.draft.slug], "draft", get=everybody(404)),
    Row("jobs:posting_short", own_posting, get=everybody(301)),
    Row("jobs:posting_print", own_posting, get=everybody(200)),
    Row("jobs:posting_calendar", own_posting, get=everybody(200)),
    Row("jobs:desk_postings", get=only(200, "member", "admin", "other_admin", otherwise=302)),
    Row(
        "jobs:posting_create",
        get=only(200, "member", "admin", "other_admin", otherwise=302),
        post=only(302, "member", "admin", "other_admin", otherwise=302),
    ),
    *desk_rows("own", "draft", "member", "admin"),
    *desk_rows("other's", "strange_draft", "other_admin"),
    Row("posting:index", get=MODERATE, post=NO_POST),
    Row("posting:index_results", get=MODERATE, post=NO_POST),
    Row("posting:inspect", lambda world: [world.submitted.pk], get=MODERATE, post=NO_POST),
    review_row("publish", DECIDE, revision),
    review_row("request_changes", DECIDE, lambda world: {**revision(world), "words_title": "Muuta"}),
    review_row("refuse", DECIDE, lambda world: {"reason": "Ei käy"}),
    review_row("recall", DECIDE, lambda world: {"reason": "Takaisin"}),
    review_row("accept_edit", DECIDE),
]
