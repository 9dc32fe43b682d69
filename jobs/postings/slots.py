"""What postings show in the pages of lower floors: the desk's first page, the front page's doors, the style guide."""

from datetime import UTC, date, datetime, timedelta

from django.urls import reverse
from django.utils.timezone import localdate

from jobs.postings import desk
from jobs.postings.enums import PostingStatus, StartKind
from jobs.postings.models import JobPosting
from jobs.postings.presentation import Card
from organisations.models import Municipality, Organisation, TaskField
from organisations.roles import Verb
from portal.slots import Filling


def post_a_job(page, *things):
    return {"url": reverse("jobs:posting_create")}


def new_job(page, membership):
    """For those who may write postings in the state that their organisation is in."""
    return {"url": reverse("jobs:posting_create")} if membership and Verb.WRITE_POSTINGS in membership.verbs else None


def today(page, organisation):
    """The table of the organisation's postings."""
    return {"rows": desk.rows(desk.postings_on_desk(organisation))}


def specimens(page):
    """Invented postings that are stored nowhere."""
    kitchen = _specimen(
        101,
        "Keittiöapulainen lounastupaan",
        Organisation(name="Kuvitelman ruokatupa ry"),
        TaskField(sign="kitchen", name_fi="Keittiö", name_sv="Kök", name_en="Kitchen"),
        fits="Sopii, jos pidät ruoasta ja haluat tehdä työtä aamuisin.",
        application_deadline=localdate() + timedelta(days=15),
        is_subsidy_possible=True,
        is_tailored=True,
        easy_text="Työ on keittiössä.",
    )
    yard = _specimen(
        102,
        "Piha- ja lumityöntekijä",
        Organisation(name="Mallimetsän pihatyö ry"),
        TaskField(sign="garden", name_fi="Piha ja luonto", name_sv="Gård och natur", name_en="Yard and nature"),
        application_deadline=localdate() + timedelta(days=3),
    )
    cards = [Card.of(posting, level=3, kilometres=1.2) for posting in (kitchen, yard)]
    return {"cards": cards, "narrow_card": Card.of(kitchen, level=3, is_narrow=True), "saved_keys": ["101"]}


def _specimen(key, title, organisation, task_field, **fields):
    return JobPosting(
        pk=key,
        title=title,
        status=PostingStatus.PUBLISHED,
        organisation=organisation,
        task_field=task_field,
        municipality=Municipality(name_fi="Joensuu", name_sv="Joensuu"),
        district="keskusta",
        hours_min=20,
        hours_max=20,
        start_kind=StartKind.SOON,
        published_at=datetime.combine(date(2026, 11, 23), datetime.min.time(), tzinfo=UTC),
        **fields,
    )


FILLINGS = [
    Filling("postings.today", "desk.today", "jobs/postings/slots/today.html", today, 50),
    Filling("postings.new_job", "desk.button", "jobs/postings/slots/new_job.html", new_job),
    Filling("postings.post_a_job", "home.associations", "jobs/postings/slots/post_a_job.html", post_a_job),
    Filling("postings.specimens", "styleguide.cards", "jobs/postings/slots/specimens.html", specimens),
]
