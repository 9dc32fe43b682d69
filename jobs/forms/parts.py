"""The steps whose answers are rows of their own: the tasks, and what the work asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from jobs.enums import Demand, DemandLevel, LanguageLevel, Licence, TaskKind, WorkLanguage
from jobs.forms.rows import RowAnswer
from jobs.forms.steps import StepForm
from portal.forms import ChoiceCards, ChoiceCardsMultiple
from portal.numbers import whole_number

MOST_TASKS = 12
EMPTY_ROWS = 3
LANGUAGE_ROWS = 3


class TaskRowForm(TypedTextForm, forms.Form):
    """One task with its share of the week, asked in hours."""

    title = forms.CharField(label=_("What is done?"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Main or supporting task?"), choices=TaskKind, required=False)
    minutes_per_week = forms.IntegerField(
        label=_("Minutes a week"),
        min_value=1,
        max_value=2400,
        required=False,
        error_messages={"max_value": _("A week's work is at most 40 hours, that is 2400 minutes.")},
    )
    can_be_left_out = forms.BooleanField(label=_("Can be left out"), required=False)

    def __init__(self, data=None, *, number, initial):
        super().__init__(data, prefix=f"task-{number}", initial=initial)
        self.name = _("Task %(number)s") % {"number": number + 1}

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("title") and self.cleaned_data.get("minutes_per_week"):
            self.add_error("title", _("Write what is done."))
        return self.cleaned_data


class Tasks(RowAnswer):
    name = "tasks"
    columns = ["title", "kind", "minutes_per_week", "can_be_left_out"]

    def read_stored(self):
        return list(self.relation.values(*self.columns))

    def make_forms(self):
        return [self._form(number) for number in range(self._count())]

    def _count(self):
        if self.data is not None:
            wanted = whole_number(self.data.get("rows"), 99)
            count = EMPTY_ROWS if wanted is None else wanted
        else:
            count = len(self.stored) + (1 if self.stored else EMPTY_ROWS)
        return min(max(count, 1), MOST_TASKS)

    def _form(self, number):
        initial = self.stored[number] if number < len(self.stored) else {"kind": TaskKind.CORE}
        return TaskRowForm(self.data, number=number, initial=initial)

    def read_written(self, answers):
        """A posting has a task at least: none written leaves the stored ones."""
        return [{**task, "kind": task["kind"] or TaskKind.CORE} for task in answers if task.get("title")] or None

    def write(self, rows):
        super().write([{**row, "position": position} for position, row in enumerate(rows)])


class TasksStep(StepForm):
    """The tasks of the job and its description."""

    slug, heading = "tehtavat", _("Tasks")
    template = "jobs/wizard/tasks.html"
    row_kinds = [Tasks]

    class Meta(StepForm.Meta):
        fields = ["description", "easy_text"]
        labels = {"description": _("Tell about the work"), "easy_text": _("The same in easy Finnish")}
        help_texts = {
            "description": _(
                "What is a day at work like? Who are the workmates? Describe the work, not the person you want."
            ),
            "easy_text": _("Short sentences, at most 15 words. One thing in a sentence."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 8}), "easy_text": forms.Textarea(attrs={"rows": 6})}

    @property
    def rows(self):
        return self.row_answers[0].forms

    def add_row(self):
        """One more empty row, for the button that asks for it."""
        if len(self.rows) < MOST_TASKS:
            self.rows.append(TaskRowForm(number=len(self.rows), initial={"kind": TaskKind.CORE}))

    def clean(self):
        super().clean()
        if all(row.is_valid() for row in self.rows) and not any(row.cleaned_data.get("title") for row in self.rows):
            self.rows[0].add_error("title", _("Write at least one task."))
        return self.cleaned_data


class DemandRowForm(TypedTextForm, forms.Form):
    """How much the work asks of one thing, and whether that can be adapted."""

    level = forms.TypedChoiceField(
        label=_("How much"),
        choices=DemandLevel,
        coerce=int,
        empty_value=0,  # type: ignore[arg-type]  # Django takes any value
        required=False,
        widget=ChoiceCards,
    )
    can_be_adapted = forms.BooleanField(label=_("Can be adapted"), required=False)
    note = forms.CharField(label=_("How"), max_length=160, required=False)

    def __init__(self, data, *, demand, initial):
        super().__init__(data, prefix=f"demand-{demand.value}", initial=initial)
        self.demand = demand
        self.name = demand.label


class LanguageRowForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("No language")), *WorkLanguage.choices]
        self.fields["level"].choices = [("", _("Choose")), *LanguageLevel.choices]

    @property
    def name(self):
        return dict(self.fields["language"].choices[1:]).get(self["language"].value(), _("Language"))

    def clean(self):
        answers = super().clean()
        if answers.get("language") and not answers.get("level"):
            self.add_error("level", _("Choose how well the language must be known."))
        return answers


class Demands(RowAnswer):
    name = "demands"
    columns = ["demand", "level", "can_be_adapted", "note"]

    def read_stored(self):
        """Those that the work has, in the order of the code set."""
        rows = self.relation.filter(level__gt=0).values(*self.columns)
        return sorted(rows, key=lambda row: Demand.values.index(row["demand"]))

    def make_forms(self):
        stored = {row["demand"]: row for row in self.stored}
        return [
            DemandRowForm(self.data, demand=demand, initial=stored.get(demand.value, {"level": 0})) for demand in Demand
        ]

    def read_written(self, answers):
        pairs = zip(Demand.values, answers, strict=True)
        return [{"demand": demand, **answer} for demand, answer in pairs if answer["level"]]

    def write(self, rows):
        super().write(rows)
        self.posting.firm_demands = sum(Demand(row["demand"]).bit for row in rows if not row["can_be_adapted"])
        self.posting.save(update_fields=["firm_demands"])


class Languages(RowAnswer):
    name = "languages"
    columns = ["language", "level"]

    def make_forms(self):
        rows = [*self.stored, *[{}] * LANGUAGE_ROWS][:LANGUAGE_ROWS]
        return [LanguageRowForm(self.data, prefix=f"language-{number}", initial=row) for number, row in enumerate(rows)]

    def read_written(self, answers):
        """A language that was chosen twice has the level that was chosen last."""
        levels = {answer["language"]: answer["level"] for answer in answers if answer.get("language")}
        return [{"language": language, "level": level} for language, level in levels.items()]


class DemandsStep(StepForm):
    """The twelve demands, the languages and the licences: add if you like."""

    slug, heading, is_optional = "vaatimukset", _("What the work asks"), True
    template = "jobs/wizard/demands.html"
    row_kinds = [Demands, Languages]
    licences = forms.MultipleChoiceField(
        label=_("Which licences or cards are needed?"), choices=Licence, required=False, widget=ChoiceCardsMultiple
    )

    class Meta(StepForm.Meta):
        fields = ["licences"]

    @property
    def rows(self):
        return self.row_answers[0].forms

    @property
    def languages(self):
        return self.row_answers[1].forms
