"""Marks every sensitive field of two associations, so that a crawler can tell who sees what they should not.

Each mark is a value that stands in one field of one row; for each role the file says which marks it may see.
"""

import time
import uuid
from datetime import timedelta
from importlib import import_module

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import Group
from django.utils import timezone

from accounts.installation import set_up_person
from accounts.models import User
from jobs.demonstration.dates import day_ahead
from jobs.demonstration.people import give_second_factor
from jobs.enums import EventKind, PostingStatus, StartKind
from jobs.installation import EDITORS, MODERATORS
from jobs.models import (
    Application,
    ApplicationEvent,
    ApplicationNote,
    JobPosting,
    JobTask,
    PostingEvent,
    ReviewComment,
)
from jobs.models.application import KEEP_FOR
from jobs.models.phone_number import phone_key
from organisations.enums import MembershipRole, OrganisationStatus
from organisations.models import Invitation, Membership, Municipality, Organisation, OrganisationEvent, TaskField

DOMAIN = "kanaria.example"
ASSOCIATIONS = ["a", "b"]
STAFF = {"editor": EDITORS, "moderator": MODERATORS, "superuser": ""}
MEMBERS, ADMINS, REVIEWERS = "members", "admins", "reviewers"
# allauth keeps how a session was proved under these keys.
METHODS_KEY, METHODS_OWNER_KEY = "account_authentication_methods", "account_authentication_methods_user"


def write():
    """Makes the marked rows anew; returns what goes into the file."""
    forget_earlier()
    report = Report()
    for letter in ASSOCIATIONS:
        Marked(letter, report).write()
    for role, group in STAFF.items():
        for number in (1, 2):
            user = set_up_person(f"{role}{number}@{DOMAIN}", name=role, is_staff=True, is_superuser=role == "superuser")
            user.groups.set(Group.objects.filter(name=group))
            report.add_role(f"{role}_{number}", user, {REVIEWERS} if role in {"moderator", "superuser"} else set())
    return report.as_dictionary()


def forget_earlier():
    ours = {"organisation__contact_email__endswith": f"@{DOMAIN}"}
    Application.objects.filter(posting__in=JobPosting.objects.filter(**ours)).delete()
    JobPosting.objects.filter(**ours).delete()
    Organisation.objects.filter(contact_email__endswith=f"@{DOMAIN}").delete()
    User.objects.filter(email__endswith=f"@{DOMAIN}").delete()


class Report:
    """Collects marks, tokens and roles, and works out at the end who may see which mark."""

    def __init__(self):
        self.marks, self.readers, self.tokens = {}, {}, {}
        self.roles = {"anonymous": {"email": "", "session": "", "circles": set()}}

    def mark(self, name, value, model, field, *readers):
        self.marks[name] = {"value": value, "model": model._meta.label, "field": field}
        self.readers[name] = set(readers)
        return value

    def add_role(self, name, user, circles):
        self.roles[name] = {"email": user.email, "session": session_of(user), "circles": {name, *circles}}

    def as_dictionary(self):
        roles = {
            name: {
                "email": role["email"],
                "session": role["session"],
                "sees": [mark for mark, readers in self.readers.items() if readers & role["circles"]],
            }
            for name, role in self.roles.items()
        }
        return {"roles": roles, "marks": self.marks, "tokens": self.tokens}


class Marked:
    """One association with marks in everything that not everybody may see."""

    def __init__(self, letter, report):
        self.letter, self.report = letter, report

    def mark(self, name, model, field, *readers, value=None):
        circles = [reader if reader == REVIEWERS else f"{reader}_{self.letter}" for reader in readers]
        name = f"{self.letter}_{name}"
        return self.report.mark(name, value or f"kanaria-{name}".replace("_", "-"), model, field, *circles)

    def write(self):
        municipality = Municipality.objects.order_by("code")[ASSOCIATIONS.index(self.letter)]
        self.organisation = Organisation.objects.create(
            name=f"Kanarialinnun koe {self.letter.upper()} ry",
            status=OrganisationStatus.VERIFIED,
            municipality=municipality,
            association_register_no=f"998.00{ASSOCIATIONS.index(self.letter) + 1}",
            contact_name="Kanaria Koe",
            contact_email=f"yhdistys-{self.letter}@{DOMAIN}",
            description="Tällä yhdistyksellä koetellaan, kuka näkee mitä.",
            is_demonstration=True,
        )
        OrganisationEvent.objects.create(
            organisation=self.organisation,
            to_status=OrganisationStatus.VERIFIED,
            note=self.mark("verification_reason", OrganisationEvent, "note", MEMBERS, ADMINS, REVIEWERS),
        )
        self.write_people()
        self.write_postings()
        self.write_applications()

    def write_people(self):
        circles = {MembershipRole.MEMBER: MEMBERS, MembershipRole.ADMIN: ADMINS}
        for role, circle in circles.items():
            for number in (1, 2):
                name = f"{role.lower()}_{self.letter}{number}"
                email = self.mark(
                    f"{role.lower()}{number}_email",
                    User,
                    "email",
                    ADMINS,
                    REVIEWERS,
                    value=f"{role.lower()}-{self.letter}{number}@{DOMAIN}",
                )
                user = set_up_person(email, name=f"Kanaria {self.letter.upper()}{number}")
                Membership.objects.create(user=user, organisation=self.organisation, role=role)
                self.report.add_role(name, user, {f"{circle}_{self.letter}"})
                self.report.readers[f"{self.letter}_{role.lower()}{number}_email"].add(name)
        invitation = Invitation(
            organisation=self.organisation,
            email=self.mark("invitation_email", Invitation, "email", ADMINS, value=f"kutsuttu-{self.letter}@{DOMAIN}"),
        )
        self.report.tokens[f"invitation_{self.letter}"] = invitation.renew_token()
        invitation.save()

    def write_postings(self):
        self.open_posting = self.write_posting(
            f"Avoin koetyö {self.letter.upper()}",
            PostingStatus.PUBLISHED,
            internal_note=self.mark("internal_note", JobPosting, "internal_note", MEMBERS, ADMINS, REVIEWERS),
        )
        draft = self.write_posting(
            self.mark("draft_title", JobPosting, "title", MEMBERS, ADMINS, REVIEWERS),
            PostingStatus.CHANGES_REQUESTED,
            description=self.mark("draft_description", JobPosting, "description", MEMBERS, ADMINS, REVIEWERS),
        )
        ReviewComment.objects.create(
            posting=draft,
            field="description",
            is_from_moderator=True,
            text=self.mark("review_comment", ReviewComment, "text", MEMBERS, ADMINS, REVIEWERS),
        )
        PostingEvent.objects.create(
            posting=draft,
            kind=EventKind.STATUS,
            from_status=PostingStatus.SUBMITTED,
            to_status=PostingStatus.CHANGES_REQUESTED,
            note=self.mark("event_note", PostingEvent, "note", MEMBERS, ADMINS, REVIEWERS),
        )

    def write_posting(self, title, status, **fields):
        published = timezone.now() - timedelta(days=2) if status == PostingStatus.PUBLISHED else None
        fields = {"description": "Työllä koetellaan, kuka näkee mitä.", **fields}
        posting = JobPosting.objects.create(
            organisation=self.organisation,
            title=title,
            status=status,
            task_field=TaskField.objects.order_by("position").first(),
            municipality=self.organisation.municipality,
            hours_min=10,
            hours_max=10,
            day_parts=["FLEXIBLE"],
            start_kind=StartKind.SOON,
            application_deadline=day_ahead(60),
            contact_name="Kanaria Koe",
            contact_email=self.organisation.contact_email,
            submitted_at=timezone.now() - timedelta(days=3),
            published_at=published,
            confirmed_at=published,
            is_demonstration=True,
            **fields,
        )
        JobTask.objects.create(posting=posting, title="Kokeileminen", minutes_per_week=600, position=1)
        return posting

    def write_applications(self):
        number = ASSOCIATIONS.index(self.letter) + 1
        phone = self.application_mark("phone", f"013000090{number}")
        application = Application(
            posting=self.open_posting,
            form_key=uuid.uuid4(),
            name=self.application_mark("name"),
            phone=phone,
            phone_key=phone_key(phone),
            email=self.application_mark("email", f"hakija-{self.letter}@{DOMAIN}"),
            message=self.application_mark("message"),
            delete_on=self.open_posting.application_deadline + KEEP_FOR,
        )
        self.report.tokens[f"application_{self.letter}"] = application.renew_token()
        self.report.tokens[f"reference_{self.letter}"] = application.reference
        application.save()
        ApplicationEvent.objects.create(application=application, to_status=application.status)
        ApplicationNote.objects.create(
            application=application, text=self.mark("application_note", ApplicationNote, "text", MEMBERS, ADMINS)
        )

    def application_mark(self, field, value=None):
        return self.mark(f"application_{field}", Application, field, MEMBERS, ADMINS, value=value)


def session_of(user):
    """A session as sign-in leaves it, staff's second factor included; returns the cookie's value."""
    records = [{"method": "code", "at": time.time(), "email": user.email}]
    if user.needs_second_factor:
        give_second_factor(user)
        authenticator = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
        records.append({"method": "mfa", "at": time.time(), "id": authenticator.pk, "type": authenticator.type})
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session[METHODS_KEY] = records
    session[METHODS_OWNER_KEY] = str(user.pk)
    session.save()
    return session.session_key
