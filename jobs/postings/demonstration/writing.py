"""Writes the demonstration jobs from the files in postings/, each in its state and with its history."""

from pathlib import Path

from jobs.postings.checks import check_posting, new_marks
from jobs.postings.enums import CLOSED, VIEWS, Demand, EventKind, PostingStatus, StartKind, TaskKind
from jobs.postings.models import JobPosting, JobTask, PostingDemand, PostingEvent, PostingLanguage
from jobs.postings.snapshot import snapshot_of
from organisations.demonstration import writing as organisations
from organisations.models import Municipality, Organisation, TaskField
from portal.models import DailyCount
from portal.site import people
from portal.site.dates import day_ahead, moment_ago, weekday_ahead
from portal.site.writing import paragraphs, read

FOLDER = Path(__file__).parent / "postings"
AS_WRITTEN = [
    "title",
    "fits",
    "times",
    "remote_share",
    "contact_role",
    "contact_hours",
    "pay_basis",
    "pay_min",
    "pay_max",
    "pay_note",
    "support_note",
    "internal_note",
    "withdrawal_reason",
]
# Where the work is done is said by the association, unless the job says otherwise.
OF_THE_PLACE = ["street_address", "postal_code", "district", "accessibility", "directions"]
OF_THE_CONTACT = ["contact_name", "contact_phone", "contact_email"]
HISTORY = {
    PostingStatus.DRAFT: [],
    PostingStatus.SUBMITTED: [PostingStatus.SUBMITTED],
    PostingStatus.CHANGES_REQUESTED: [PostingStatus.SUBMITTED, PostingStatus.CHANGES_REQUESTED],
    PostingStatus.PUBLISHED: [PostingStatus.SUBMITTED, PostingStatus.PUBLISHED],
    PostingStatus.FILLED: [PostingStatus.SUBMITTED, PostingStatus.PUBLISHED, PostingStatus.FILLED],
    PostingStatus.EXPIRED: [PostingStatus.SUBMITTED, PostingStatus.PUBLISHED, PostingStatus.EXPIRED],
    PostingStatus.WITHDRAWN: [PostingStatus.SUBMITTED, PostingStatus.PUBLISHED, PostingStatus.WITHDRAWN],
    PostingStatus.ARCHIVED: [
        PostingStatus.SUBMITTED,
        PostingStatus.PUBLISHED,
        PostingStatus.FILLED,
        PostingStatus.ARCHIVED,
    ],
}


def tables():
    """Every job as written, with the code of its field, in the order of the files."""
    for path in sorted(FOLDER.glob("*.toml")):
        for table in read(path)["posting"]:
            yield {"field": path.stem, **table}


def write():
    """Makes the jobs that are missing, the oldest first."""
    moderator = people.moderator()
    for table in sorted(tables(), key=lambda table: -table.get("published", table.get("created", 0))):
        place = organisations.tables()[table["organisation"]]
        organisation = Organisation.objects.get(name=place["name"], is_demonstration=True)
        if not organisation.postings.filter(title=table["title"], is_demonstration=True).exists():
            Writer(table, place, organisation, moderator).write()


class Writer:
    """Makes one job with its parts, and its events."""

    def __init__(self, table, place, organisation, moderator):
        self.table, self.place, self.organisation, self.moderator = table, place, organisation, moderator
        self.status = PostingStatus(table.get("status", "PUBLISHED"))
        self.author = organisation.members.order_by("pk").first()
        self.published = table.get("published", 7)
        self.created = table.get("created", self.published + 3)

    def write(self):
        self.posting = JobPosting.objects.create(**self.answers(), **self.times())
        self.write_parts()
        self.write_history()
        self.write_views()
        return self.posting

    def answers(self):
        table, place = self.table, {**self.place, **self.table.get("place", {})}
        municipality = place["municipality"]
        return {
            "organisation": self.organisation,
            "created_by": self.author,
            "status": self.status,
            "is_demonstration": True,
            "is_edited_after_approval": "edited" in table,
            "task_field": TaskField.objects.get(code=table["field"]),
            "municipality": Municipality.objects.get(name_fi=municipality),
            "description": paragraphs(table.get("text", "")),
            "easy_text": paragraphs(table.get("easy", "")),
            "hours_min": table["hours"][0],
            "hours_max": table["hours"][-1],
            "day_parts": table.get("parts", []),
            "licences": table.get("licences", []),
            "support": table.get("support", []),
            "is_tailored": "tailored" in table.get("offers", []),
            "is_subsidy_possible": "subsidy" in table.get("offers", []),
            "is_trial_possible": "trial" in table.get("offers", []),
            "openings": table.get("openings", 1),
            "duration_months": table.get("months"),
            "continuity": table.get("continuity", "FIXED_TERM" if table.get("months") else "PERMANENT"),
            **self.start(),
            **{name: table[name] for name in AS_WRITTEN if name in table},
            **{name: place[name] for name in OF_THE_PLACE if name in place},
            **{name: table.get(name, place.get(name, "")) for name in OF_THE_CONTACT},
        }

    def start(self):
        starts = self.table.get("starts", StartKind.SOON)
        if isinstance(starts, int):
            return {"start_kind": StartKind.DATE, "start_date": weekday_ahead(starts)}
        return {"start_kind": StartKind(starts)}

    def times(self):
        """The moments that the job's state implies."""
        path = HISTORY[self.status]
        published = moment_ago(self.published, hour=11) if PostingStatus.PUBLISHED in path else None
        is_closed = bool(CLOSED & set(path))
        return {
            "application_deadline": day_ahead(self.table["closes"]) if "closes" in self.table else None,
            "created_at": moment_ago(self.created),
            "submitted_at": moment_ago(self.published + 1, hour=15) if path else None,
            "published_at": published,
            "confirmed_at": published,
            "closed_at": moment_ago(self.table["closed"], hour=14) if is_closed else None,
        }

    def write_parts(self):
        for position, (title, minutes, *kind) in enumerate(self.table.get("tasks", []), 1):
            JobTask.objects.create(
                posting=self.posting,
                position=position,
                title=title,
                minutes_per_week=minutes,
                kind=TaskKind.SUPPORTING if kind else TaskKind.CORE,
                can_be_left_out="can be left out" in kind,
            )
        for language, level in self.table.get("languages", {}).items():
            PostingLanguage.objects.create(posting=self.posting, language=language, level=level)
        self.write_demands()

    def write_demands(self):
        """What the work does not ask has no row, as when an association answers."""
        for demand, (level, *details) in self.table.get("demands", {}).items():
            if not level:
                continue
            note = next((detail for detail in details if isinstance(detail, str)), "")
            can_be_adapted = True in details
            PostingDemand.objects.create(
                posting=self.posting, demand=demand, level=level, note=note, can_be_adapted=can_be_adapted
            )
            if not can_be_adapted:
                self.posting.firm_demands |= Demand(demand).bit
        self.posting.save(update_fields=["firm_demands"])

    def write_history(self):
        self.write_event(EventKind.CREATED, self.created, to=PostingStatus.DRAFT, by=self.author)
        before = PostingStatus.DRAFT
        days = {
            PostingStatus.SUBMITTED: self.published + 1,
            PostingStatus.CHANGES_REQUESTED: self.published,
            PostingStatus.PUBLISHED: self.published,
            PostingStatus.ARCHIVED: max(0, self.table.get("closed", 0) - 91),
        }
        people = {PostingStatus.CHANGES_REQUESTED: self.moderator, PostingStatus.PUBLISHED: self.moderator}
        for state in HISTORY[self.status]:
            by = None if state in {PostingStatus.EXPIRED, PostingStatus.ARCHIVED} else people.get(state, self.author)
            self.write_event(EventKind.STATUS, days.get(state, self.table.get("closed", 0)), before, state, by)
            before = state
        if "edited" in self.table:
            self.write_event(EventKind.EDITED, self.table["edited"], before, before, self.author)
        if "edited" in self.table or self.status in {PostingStatus.SUBMITTED, PostingStatus.CHANGES_REQUESTED}:
            self.write_findings(before)

    def write_findings(self, state):
        """What the checks find; an edit that looks like a scam has hidden the job."""
        self.posting.flags = check_posting(self.posting).flags
        marks = new_marks([], self.posting.flags) if state == PostingStatus.PUBLISHED else []
        self.posting.hidden_for = ", ".join(marks)
        self.posting.save(update_fields=["flags", "hidden_for"])
        if marks:
            self.write_event(EventKind.HIDDEN, self.table["edited"], state, state, note=self.posting.hidden_for)

    def write_views(self):
        if views := self.table.get("views"):
            DailyCount.objects.create(
                name=VIEWS, subject=str(self.posting.pk), day=day_ahead(-self.published), count=views
            )

    def write_event(self, kind, days, before="", to="", by=None, *, note=""):
        is_submitted = to == PostingStatus.SUBMITTED
        PostingEvent.objects.create(
            posting=self.posting,
            kind=kind,
            from_status=before,
            to_status=to,
            by=by,
            note=note,
            at=moment_ago(days, hour=15 if is_submitted else 11, minute=0 if before else 30),
            changed_fields=self.table.get("edited_fields", []) if kind == EventKind.EDITED else [],
            snapshot=snapshot_of(self.posting) if is_submitted else {},
        )
