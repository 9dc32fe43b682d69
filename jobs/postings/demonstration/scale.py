"""Multiplies the demonstration: any number of jobs, the same on every machine, built from sentences.toml."""

from datetime import timedelta
from pathlib import Path
from random import Random

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import User
from jobs.postings.demonstration.banks import Bank
from jobs.postings.enums import VIEWS
from jobs.postings.models import JobPosting, JobTask, PostingDemand
from organisations.enums import MembershipRole, OrganisationStatus
from organisations.models import Membership, Municipality, Organisation
from portal.models import DailyCount
from portal.site.writing import read

SOURCE = Path(__file__).parent / "sentences.toml"
DOMAIN = "mittakaava.example"
POSTINGS_PER_ORGANISATION = 40
BATCH = 2000
# Association register numbers this high have not been given to anybody.
FIRST_REGISTER_NO = 500_000


def multiply(count):
    """Tops the generated jobs up to `count`; returns how many were made."""
    existing = JobPosting.objects.filter(contact_email__endswith=f"@{DOMAIN}").count()
    if existing >= count:
        return 0
    sentences = read(SOURCE)
    organisations = _organisations(sentences, -(-count // POSTINGS_PER_ORGANISATION))
    bank = Bank(sentences)
    for start in range(existing, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        _write(bank, [organisations[number % len(organisations)] for number in numbers], numbers)
    return count - existing


def _write(bank, organisations, numbers):
    drafts = [bank.draft(number, organisation) for number, organisation in zip(numbers, organisations, strict=True)]
    postings = JobPosting.objects.bulk_create([JobPosting(**draft.fields) for draft in drafts])
    pairs = list(zip(postings, drafts, strict=True))
    JobTask.objects.bulk_create(JobTask(posting=posting, **task) for posting, draft in pairs for task in draft.tasks)
    PostingDemand.objects.bulk_create(
        PostingDemand(posting=posting, **demand) for posting, draft in pairs for demand in draft.demands
    )
    today = timezone.localdate()
    DailyCount.objects.bulk_create(
        DailyCount(name=VIEWS, subject=str(posting.pk), day=today, count=draft.views)
        for posting, draft in pairs
        if draft.views
    )


def _organisations(sentences, count):
    """Invented associations over all municipalities, each with an administrator."""
    known = Organisation.objects.filter(contact_email__endswith=f"@{DOMAIN}").count()
    municipalities = list(Municipality.objects.order_by("code"))
    fresh = [_organisation(sentences, number, municipalities) for number in range(known, count)]
    _administrators(Organisation.objects.bulk_create(fresh, batch_size=BATCH))
    organisations = Organisation.objects.filter(contact_email__endswith=f"@{DOMAIN}").select_related("municipality")
    return list(organisations.order_by("pk"))


def _organisation(sentences, number, municipalities):
    choose = Random(number).choice  # noqa: S311 — the same number gives the same association
    name, kind = choose(sentences["names"]), choose(sentences["kinds"])
    register_no = str(FIRST_REGISTER_NO + number)
    return Organisation(
        name=f"{name} {kind} {number + 1} ry",
        status=OrganisationStatus.VERIFIED,
        municipality=municipalities[number % len(municipalities)],
        association_register_no=f"{register_no[:3]}.{register_no[3:]}",
        contact_name=choose(sentences["people"]),
        contact_email=f"yhdistys{number + 1}@{DOMAIN}",
        description=f"{choose(sentences['openings'])} {choose(sentences['endings'])}",
        easy_description=choose(sentences["easy_endings"]),
        is_demonstration=True,
        created_at=timezone.now() - timedelta(days=100 + number % 300),
    )


def _administrators(organisations):
    users = User.objects.bulk_create(
        User(email=organisation.contact_email, name=organisation.contact_name, password=make_password(None))
        for organisation in organisations
    )
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )
    Membership.objects.bulk_create(
        Membership(user=user, organisation=organisation, role=MembershipRole.ADMIN)
        for user, organisation in zip(users, organisations, strict=True)
    )
