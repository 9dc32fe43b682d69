"""The answers of a posting as one table. Model, forms, snapshot, checks, copy, index and the moderator's page read it.

A new answer is a field of the model and a row here; what a row does not say holds for most answers.
"""

from dataclasses import dataclass

from django.db import models

from jobs.postings.enums import DayPart, Licence, Support


@dataclass(frozen=True)
class Answer:
    """One answer: where it is asked, what kind of thing it is, and who goes through it.

    `step` is the wizard's step, by its slug; empty when nobody is asked. `is_text` is words of the organisation's own,
    in the posting's language; `is_story` a text in which contact data do not belong. `codes` is the code set of an
    answer that is a list of codes. `columns` are those of an answer that is rows of its own, `text_column` the one with
    words. `weight` is how much its words count in a search; 0 is not searched.
    """

    name: str
    step: str
    is_text: bool = False
    is_story: bool = False
    codes: type[models.TextChoices] | None = None
    columns: tuple[str, ...] = ()
    text_column: str = ""
    is_required: bool = False
    is_copied: bool = True
    is_public: bool = True
    weight: int = 0

    @property
    def is_rows(self) -> bool:
        return bool(self.columns)


NAME, TASKS, PLACE, TIME, CONTACT, DEMANDS, PAY = (
    "nimi",
    "tehtavat",
    "paikka",
    "aika",
    "yhteys",
    "vaatimukset",
    "palkka",
)

ANSWERS = (
    Answer("title", NAME, is_text=True, is_story=True, is_required=True, weight=3),
    Answer("task_field", NAME, is_required=True),
    Answer("fits", NAME, is_text=True, is_story=True, weight=1),
    Answer("language", ""),
    Answer("tasks", TASKS, columns=("title", "kind", "minutes_per_week", "can_be_left_out"), text_column="title"),
    Answer("description", TASKS, is_text=True, is_story=True, weight=1),
    Answer("easy_text", TASKS, is_text=True, is_story=True, weight=1),
    Answer("municipality", PLACE, is_required=True),
    Answer("district", PLACE, is_text=True, weight=1),
    Answer("street_address", PLACE, is_text=True),
    Answer("postal_code", PLACE),
    Answer("accessibility", PLACE, is_text=True),
    Answer("directions", PLACE, is_text=True),
    Answer("remote_share", PLACE),
    Answer("hours_min", TIME, is_required=True),
    Answer("hours_max", TIME, is_required=True),
    Answer("day_parts", TIME, codes=DayPart, is_required=True),
    Answer("times", TIME, is_text=True),
    Answer("start_kind", TIME, is_required=True),
    Answer("start_date", TIME, is_copied=False),
    Answer("application_deadline", TIME, is_required=True, is_copied=False),
    Answer("contact_name", CONTACT, is_text=True, is_required=True),
    Answer("contact_role", CONTACT, is_text=True),
    Answer("contact_phone", CONTACT),
    Answer("contact_email", CONTACT),
    Answer("contact_hours", CONTACT, is_text=True),
    Answer("demands", DEMANDS, columns=("demand", "level", "can_be_adapted", "note"), text_column="note"),
    Answer("languages", DEMANDS, columns=("language", "level")),
    Answer("licences", DEMANDS, codes=Licence),
    Answer("pay_basis", PAY),
    Answer("pay_min", PAY),
    Answer("pay_max", PAY),
    Answer("pay_note", PAY, is_text=True),
    Answer("continuity", PAY),
    Answer("duration_months", PAY),
    Answer("end_date", PAY, is_copied=False),
    Answer("openings", PAY),
    Answer("is_subsidy_possible", PAY),
    Answer("is_tailored", PAY),
    Answer("is_trial_possible", PAY),
    Answer("support", PAY, codes=Support),
    Answer("support_note", PAY, is_text=True),
    Answer("internal_note", PAY, is_text=True, is_public=False),
)
BY_NAME = {answer.name: answer for answer in ANSWERS}


def of_step(step: str) -> list[str]:
    """The names of a step's answers that are fields of the posting itself."""
    return [answer.name for answer in ANSWERS if answer.step == step and not answer.is_rows]


def names(**wanted: bool) -> list[str]:
    """The names of the answers that are what is wanted: names(is_text=True)."""
    return [answer.name for answer in ANSWERS if all(getattr(answer, key) == value for key, value in wanted.items())]
