"""The steps whose answers are rows of their own: the tasks, and what the work asks."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from jobs.enums import Demand, DemandLevel, LanguageLevel, Licence, TaskKind, WorkLanguage
from jobs.forms.steps import StepForm
from jobs.models import JobTask, PostingDemand, PostingLanguage
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

    def clean(self):
        super().clean()
        if not self.cleaned_data.get("title") and self.cleaned_data.get("minutes_per_week"):
            self.add_error("title", _("Write what is done."))
        return self.cleaned_data


def _task_words(tasks):
    rows = [JobTask(**task) for task in tasks]
    return ", ".join(f"{row} ({row.get_kind_display()}, {row.minutes_per_week or 0} min)" for row in rows)


def _write_tasks(posting, tasks):
    posting.tasks.all().delete()
    JobTask.objects.bulk_create(
        JobTask(posting=posting, position=position, **task) for position, task in enumerate(tasks)
    )


class TasksStep(StepForm):
    """The tasks of the job and its description."""

    slug, heading = "tehtavat", _("Tasks")
    template = "jobs/wizard/tasks.html"
    row_words, row_writers = {"tasks": _task_words}, {"tasks": _write_tasks}

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

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.stored_tasks = [
            {name: getattr(task, name) for name in TaskRowForm.base_fields} for task in self.instance.tasks.all()
        ]
        self.rows = [self._row(number) for number in range(self._row_count())]

    def _row_count(self):
        if self.is_bound:
            wanted = self.data.get("rows", "")
            count = int(wanted) if wanted.isascii() and wanted.isdecimal() and len(wanted) < 3 else EMPTY_ROWS
        else:
            count = len(self.stored_tasks) + (1 if self.stored_tasks else EMPTY_ROWS)
        return min(max(count, 1), MOST_TASKS)

    def _row(self, number):
        initial = self.stored_tasks[number] if number < len(self.stored_tasks) else {"kind": TaskKind.CORE}
        return TaskRowForm(self.data if self.is_bound else None, prefix=f"task-{number}", initial=initial)

    def add_row(self):
        """One more empty row, for the button that asks for it."""
        if len(self.rows) < MOST_TASKS:
            self.rows.append(TaskRowForm(prefix=f"task-{len(self.rows)}", initial={"kind": TaskKind.CORE}))

    def clean(self):
        super().clean()
        read = [row for row in self.rows if row.is_valid()]
        if len(read) == len(self.rows) and not any(row.cleaned_data.get("title") for row in read):
            self.add_error(None, _("Write at least one task."))
        if len(read) < len(self.rows):
            self.add_error(None, _("Check the marked task."))
        return self.cleaned_data

    def read_rows(self):
        read = [row.cleaned_data for row in self.rows if row.is_bound and row.is_valid()]
        tasks = [{**task, "kind": task["kind"] or TaskKind.CORE} for task in read if task.get("title")]
        return {"tasks": (self.stored_tasks, tasks)} if tasks and len(read) == len(self.rows) else {}


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


class LanguageRowForm(forms.Form):
    language = forms.ChoiceField(label=_("Language"), required=False)
    level = forms.ChoiceField(label=_("Level"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", _("No language")), *WorkLanguage.choices]
        self.fields["level"].choices = [("", _("Choose")), *LanguageLevel.choices]

    def clean(self):
        answers = super().clean()
        if answers.get("language") and not answers.get("level"):
            self.add_error("level", _("Choose how well the language must be known."))
        return answers


def _demand_words(demands):
    rows = [PostingDemand(demand=demand, **answers) for demand, answers in demands.items()]
    return ", ".join(f"{row} {row.note}".strip() for row in rows)


def _write_demands(posting, demands):
    posting.demands.all().delete()
    PostingDemand.objects.bulk_create(
        PostingDemand(posting=posting, demand=demand, **answers) for demand, answers in demands.items()
    )
    posting.firm_demands = sum(demand.bit for demand, answers in demands.items() if not answers["can_be_adapted"])
    posting.save(update_fields=["firm_demands"])


def _language_words(languages):
    return ", ".join(str(PostingLanguage(language=language, level=level)) for language, level in languages)


def _write_languages(posting, languages):
    posting.languages.all().delete()
    PostingLanguage.objects.bulk_create(
        PostingLanguage(posting=posting, language=language, level=level) for language, level in languages
    )


class DemandsStep(StepForm):
    """The twelve demands, the languages and the licences: add if you like."""

    slug, heading, is_optional = "vaatimukset", _("What the work asks"), True
    template = "jobs/wizard/demands.html"
    row_words = {"demands": _demand_words, "languages": _language_words}
    row_writers = {"demands": _write_demands, "languages": _write_languages}
    licences = forms.MultipleChoiceField(
        label=_("Which licences or cards are needed?"), choices=Licence, required=False, widget=ChoiceCardsMultiple
    )

    class Meta(StepForm.Meta):
        fields = ["licences"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        data = self.data if self.is_bound else None
        self.stored_demands = {row.demand: row for row in self.instance.demands.all()}
        self.stored_languages = [(row.language, row.level) for row in self.instance.languages.all()]
        self.rows = [DemandRowForm(data, demand=demand, initial=self._stored(demand)) for demand in Demand]
        self.languages = [self._language(data, number) for number in range(LANGUAGE_ROWS)]

    def _stored(self, demand):
        row = self.stored_demands.get(demand)
        if row is None:
            return {"level": 0}
        return {"level": row.level, "can_be_adapted": row.can_be_adapted, "note": row.note}

    def _language(self, data, number):
        pair = self.stored_languages[number] if number < len(self.stored_languages) else ("", "")
        return LanguageRowForm(data, prefix=f"language-{number}", initial={"language": pair[0], "level": pair[1]})

    def clean(self):
        super().clean()
        if not all(row.is_valid() for row in [*self.rows, *self.languages]):
            self.add_error(None, _("Check the marked answer."))
        return self.cleaned_data

    def read_rows(self):
        read = {}
        if all(row.is_valid() for row in self.rows):
            stored = {demand: self._stored(demand) for demand in self.stored_demands}
            wanted = {row.demand: row.cleaned_data for row in self.rows if row.cleaned_data["level"]}
            read["demands"] = (stored, wanted)
        if all(row.is_valid() for row in self.languages):
            answers = [row.cleaned_data for row in self.languages if row.cleaned_data.get("language")]
            wanted_levels = {answer["language"]: answer["level"] for answer in answers}
            read["languages"] = (self.stored_languages, list(wanted_levels.items()))
        return read
