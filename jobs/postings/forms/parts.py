"""The steps whose answers are rows of their own: the tasks, and what the work asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from jobs.postings import fields
from jobs.postings.enums import Demand, DemandLevel, LanguageLevel, Licence, TaskKind, WorkLanguage
from jobs.postings.forms.rows import RowsFormSet
from jobs.postings.forms.steps import StepForm
from portal.forms import ChoiceCards, ChoiceCardsMultiple

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

    def __init__(self, *args, number, **kwargs):
        super().__init__(*args, **kwargs)
        self.name = _("Task %(number)s") % {"number": number + 1}

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("title") and self.cleaned_data.get("minutes_per_week"):
            self.add_error("title", _("Write what is done."))
        return self.cleaned_data


class BaseTasks(RowsFormSet):
    answer, row_prefix = "tasks", "task"

    def get_form_kwargs(self, index):
        return {"number": index}

    def starting_rows(self):
        """One empty row after the stored ones; a few where there are none."""
        empty = 1 if self.stored else EMPTY_ROWS
        return [*self.stored, *({"kind": TaskKind.CORE} for _row in range(empty))][:MOST_TASKS]

    def read_rows(self, answers):
        """A posting has a task at least: none written leaves the stored ones."""
        return [{**task, "kind": task["kind"] or TaskKind.CORE} for task in answers if task.get("title")] or None

    def with_one_more(self):
        """The same with an empty row at the end, for the button that asks for it."""
        data = self.data.copy()
        data[f"{self.row_prefix}-TOTAL_FORMS"] = str(min(len(self.forms) + 1, MOST_TASKS))
        return type(self)(self.posting, data)


Tasks = forms.formset_factory(TaskRowForm, formset=BaseTasks, extra=0, max_num=MOST_TASKS, absolute_max=MOST_TASKS)


class TasksStep(StepForm):
    """The tasks of the job and its description."""

    slug, heading = fields.TASKS, _("Tasks")
    template = "jobs/postings/wizard/tasks.html"
    formset_classes = [Tasks]

    class Meta(StepForm.Meta):
        fields = fields.of_step(fields.TASKS)
        labels = {"description": _("Tell about the work"), "easy_text": _("The same in easy Finnish")}
        help_texts = {
            "description": _(
                "What is a day at work like? Who are the workmates? Describe the work, not the person you want."
            ),
            "easy_text": _("Short sentences, at most 15 words. One thing in a sentence."),
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 8}), "easy_text": forms.Textarea(attrs={"rows": 6})}

    @property
    def tasks(self):
        return self.formsets["tasks"]

    def add_row(self):
        self.formsets["tasks"] = self.tasks.with_one_more()

    def clean(self):
        super().clean()
        rows = self.tasks.forms
        if all(row.is_valid() for row in rows) and not any(row.cleaned_data.get("title") for row in rows):
            rows[0].add_error("title", _("Write at least one task."))
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

    def __init__(self, *args, demand, **kwargs):
        super().__init__(*args, **kwargs)
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


class BaseDemands(RowsFormSet):
    """A form for each of the twelve demands, in their own order."""

    answer, row_prefix = "demands", "demand"

    def get_form_kwargs(self, index):
        return {"demand": list(Demand)[index]}

    def add_prefix(self, index):
        return f"{self.row_prefix}-{Demand.values[index]}"

    def total_form_count(self):
        return len(Demand)

    def starting_rows(self):
        stored = {row["demand"]: row for row in self.stored}
        return [stored.get(demand, {"level": DemandLevel.NONE}) for demand in Demand.values]

    def read_rows(self, answers):
        """What the work does not have is no row."""
        pairs = zip(Demand.values, answers, strict=True)
        return [{"demand": demand, **answer} for demand, answer in pairs if answer["level"]]


class BaseLanguages(RowsFormSet):
    answer, row_prefix = "languages", "language"

    def total_form_count(self):
        return LANGUAGE_ROWS

    def starting_rows(self):
        return [*self.stored, *({} for _row in range(LANGUAGE_ROWS))][:LANGUAGE_ROWS]

    def read_rows(self, answers):
        """A language that was chosen twice has the level that was chosen last."""
        levels = {answer["language"]: answer["level"] for answer in answers if answer.get("language")}
        return [{"language": language, "level": level} for language, level in levels.items()]


Demands = forms.formset_factory(DemandRowForm, formset=BaseDemands, extra=0)
Languages = forms.formset_factory(LanguageRowForm, formset=BaseLanguages, extra=0)


class DemandsStep(StepForm):
    """The twelve demands, the languages and the licences: add if you like."""

    slug, heading, is_optional = fields.DEMANDS, _("What the work asks"), True
    template = "jobs/postings/wizard/demands.html"
    formset_classes = [Demands, Languages]
    licences = forms.MultipleChoiceField(
        label=_("Which licences or cards are needed?"), choices=Licence, required=False, widget=ChoiceCardsMultiple
    )

    class Meta(StepForm.Meta):
        fields = fields.of_step(fields.DEMANDS)

    @property
    def demands(self):
        return self.formsets["demands"]

    @property
    def languages(self):
        return self.formsets["languages"]
