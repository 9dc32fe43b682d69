"""Draws one generated job from the sentence banks; the number of the job decides everything about it."""

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from django.utils import timezone

from jobs.postings.enums import CLOSED, Continuity, DayPart, Demand, PostingStatus, StartKind, Support, TaskKind
from organisations.models import TaskField

LONGEST_TITLE = 75
# Three jobs of four are open: what makes a list slow is what it shows.
STATUSES = [
    (PostingStatus.PUBLISHED, 76),
    (PostingStatus.EXPIRED, 8),
    (PostingStatus.FILLED, 6),
    (PostingStatus.ARCHIVED, 4),
    (PostingStatus.WITHDRAWN, 2),
    (PostingStatus.DRAFT, 2),
    (PostingStatus.SUBMITTED, 1),
    (PostingStatus.CHANGES_REQUESTED, 1),
]
HOURS = [8, 10, 12, 15, 16, 18, 20, 20, 20, 22, 24, 25, 25, 30, 35]
SHARES = [0.5, 0.3, 0.2]
DAY_PARTS = [
    [DayPart.WEEKDAY, DayPart.DAY],
    [DayPart.WEEKDAY, DayPart.DAY],
    [DayPart.EVENING],
    [DayPart.EVENING, DayPart.WEEKEND],
    [DayPart.FLEXIBLE],
]
TIMES = {"WEEKDAY": "ma–pe, aamupäivät", "EVENING": "illat", "FLEXIBLE": "sovitaan yhdessä"}
TOWNS = {"Joensuu", "Kitee", "Lieksa", "Nurmes", "Outokumpu"}


@dataclass
class Draft:
    fields: dict
    tasks: list = field(default_factory=list)
    demands: list = field(default_factory=list)
    views: int = 0


class Bank:
    def __init__(self, sentences):
        self.sentences = sentences
        self.fields = list(TaskField.objects.filter(code__in=sentences["fields"]).order_by("position"))
        self.now = timezone.now()
        self.today = timezone.localdate()

    def draft(self, number, organisation):
        random = Random(f"posting {number}")  # noqa: S311 — the same number gives the same job
        task_field = self.fields[(number // 13) % len(self.fields)]
        words = self.sentences["fields"][task_field.code]
        status = random.choices([status for status, _ in STATUSES], [weight for _, weight in STATUSES])[0]
        hours = random.choice(HOURS)
        demands = self._demands(random, words)
        firm = sum(row["demand"].bit for row in demands if not row["can_be_adapted"])
        views = random.randrange(250)
        fields = {
            "organisation": organisation,
            "status": status,
            "task_field": task_field,
            "municipality_id": organisation.municipality_id,
            "district": "keskusta" if organisation.municipality.name_fi in TOWNS else "kirkonkylä",
            "hours_min": hours,
            "hours_max": hours,
            "firm_demands": firm,
            "is_demonstration": True,
            **self._texts(random, words, number),
            **self._terms(random),
            **self._contact(random, organisation),
            **self._times(random, status),
        }
        return Draft(fields, self._tasks(random, words, hours), demands, views)

    def _texts(self, random, words, number):
        said = self.sentences
        texts = {
            "title": f"{random.choice(words['jobs'])} {random.choice(said['places'])}"[:LONGEST_TITLE],
            "fits": random.choice(words["fits"]),
            "description": f"{random.choice(said['openings'])} {random.choice(said['middles'])}\n\n"
            f"{random.choice(said['endings'])}",
        }
        if number % 3 == 0:
            texts["easy_text"] = f"{words['easy']}\n\n{random.choice(said['easy_endings'])}"
        return texts

    def _terms(self, random):
        parts = random.choice(DAY_PARTS)
        months = random.choice([4, 6, 8, 10, 10, 10])
        return {
            "day_parts": [str(part) for part in parts],
            "times": TIMES[parts[0].value],
            "continuity": Continuity.FIXED_TERM,
            "duration_months": months,
            "pay_note": "Palkka on työehtosopimuksen mukainen.",
            "support": random.sample([str(support) for support in Support], random.randint(1, 4)),
            "is_tailored": random.random() < 0.6,
            "is_subsidy_possible": random.random() < 0.7,
            "is_trial_possible": random.random() < 0.4,
        }

    def _contact(self, random, organisation):
        return {
            "contact_name": organisation.contact_name,
            "contact_role": random.choice(self.sentences["roles"]),
            "contact_email": organisation.contact_email,
        }

    def _times(self, random, status):
        """Open jobs end within four months; closed ones ended within a year."""
        published = self.now - timedelta(days=random.randrange(0, 50), minutes=random.randrange(1, 1440))
        deadline = self.today + timedelta(days=random.randrange(0, 120))
        closed = None
        if status in CLOSED or status == PostingStatus.ARCHIVED:
            ago = random.randrange(91, 360) if status == PostingStatus.ARCHIVED else random.randrange(1, 90)
            closed = self.now - timedelta(days=ago)
            published = closed - timedelta(days=random.randrange(10, 60))
            deadline = timezone.localdate(closed)
        is_public = closed is not None or status == PostingStatus.PUBLISHED
        starts = random.choice([StartKind.SOON, StartKind.AGREED, StartKind.DATE])
        return {
            "application_deadline": deadline,
            "start_kind": starts,
            "start_date": deadline + timedelta(days=random.randrange(7, 60)) if starts == StartKind.DATE else None,
            "created_at": published - timedelta(days=4),
            "submitted_at": None if status == PostingStatus.DRAFT else published - timedelta(days=1),
            "published_at": published if is_public else None,
            "confirmed_at": published if is_public else None,
            "closed_at": closed,
        }

    def _tasks(self, random, words, hours):
        titles = random.sample(words["tasks"], len(SHARES))
        return [
            {
                "title": title,
                "minutes_per_week": round(hours * 60 * share),
                "kind": TaskKind.SUPPORTING if position == len(SHARES) else TaskKind.CORE,
                "position": position,
            }
            for position, (title, share) in enumerate(zip(titles, SHARES, strict=True), 1)
        ]

    def _demands(self, random, words):
        chosen = random.sample(words["demands"], random.randint(1, len(words["demands"])))
        return [
            {"demand": Demand(code), "level": random.choice([1, 1, 2]), "can_be_adapted": random.random() < 0.5}
            for code in chosen
        ]
