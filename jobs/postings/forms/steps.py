"""The steps of writing a posting. Each saves what is right in it, and tells what is not."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from jobs.postings import fields
from jobs.postings.actions.postings import LONGEST_WINDOW
from jobs.postings.enums import DayPart, PostingStatus, StartKind, Support
from jobs.postings.models import JobPosting
from portal.forms import ChoiceCards, ChoiceCardsMultiple, PostalCodeField, ThreeBoxDateField
from portal.phone_numbers import is_phone_number
from portal.templatetags.portal_tags import target


def last_day():
    return timezone.localdate() + LONGEST_WINDOW


class HoursField(forms.DecimalField):
    """Weekly hours: "24" or "24,5"; a comma and a point both do."""

    unit = _("hours a week")

    def __init__(self, **kwargs):
        super().__init__(min_value=1, max_value=40, max_digits=4, decimal_places=1, **kwargs)
        self.widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        self.error_messages |= {
            "invalid": _("Write the hours in numbers. Example: 24"),
            "min_value": _("A week's work is at least 1 hour."),
            "max_value": _("A week's work is at most 40 hours."),
            "max_decimal_places": _("One decimal is enough. Example: 24,5"),
        }

    def to_python(self, value):
        return super().to_python(value.strip().replace(",", ".") if isinstance(value, str) else value)

    def prepare_value(self, value):
        if value is None or isinstance(value, str):
            return value
        return f"{value.normalize():f}".replace(".", ",")


class StepForm(TypedTextForm, forms.ModelForm):
    """One step over some answers of a posting. It only reads; `revision` tells which version the page was made from."""

    slug = ""
    heading: str | Promise = ""
    is_optional = False
    needed: dict[str, str | Promise] = {}
    formset_classes: list[type] = []

    revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = JobPosting
        fields: list[str] = []

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["revision"] = self.instance.revision
        data = self.data if self.is_bound else None
        self.formsets = {kind.answer: kind(self.instance, data) for kind in self.formset_classes}
        for name, message in self.needed.items():
            self.fields[name].required = True
            self.fields[name].error_messages["required"] = message
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField):
                field.empty_label = _("Choose")
            elif isinstance(field.widget, forms.Select):
                field.choices = [(value, label if value else _("Choose")) for value, label in field.choices]

    @classmethod
    def answer_names(cls):
        """Everything that the step asks for."""
        return [*cls._meta.fields, *(kind.answer for kind in cls.formset_classes)]

    @property
    def row_forms(self):
        """The forms of the rows, in the order of the page; the error summary lists their mistakes too."""
        return [form for formset in self.formsets.values() for form in formset.forms]

    def control_of(self, name):
        """The id of the control that asks for an answer; of several rows, the first one's."""
        return target(next(iter(self.formsets[name].forms[0])) if name in self.formsets else self[name])

    @property
    def has_wrong_rows(self):
        return any(form.errors for form in self.row_forms)

    def is_valid(self):
        return super().is_valid() and not self.has_wrong_rows

    @property
    def answers(self):
        """The answers that were read without a mistake, by name, as the action takes them."""
        read = {name: getattr(self.instance, name) for name in self._meta.fields if name in self.cleaned_data}
        rows = {name: formset.rows for name, formset in self.formsets.items() if formset.rows is not None}
        return read | rows

    @property
    def seen(self):
        """The version that the person saw; None when the page did not say."""
        return self.cleaned_data.get("revision")

    def begin_from(self, posting):
        """The page is shown again: from now on it counts as made from what is stored now."""
        self.data = self.data.copy()
        self.data["revision"] = posting.revision


class NameStep(StepForm):
    slug, heading = fields.NAME, _("Name and field")
    needed = {
        "title": _("Write a name for the job. Example: Kitchen helper"),
        "task_field": _("Choose the field of work."),
    }

    class Meta(StepForm.Meta):
        fields = fields.of_step(fields.NAME)
        labels = {
            "title": _("What is the job called?"),
            "task_field": _("Which field of work is it?"),
            "fits": _("Who does the work suit?"),
        }
        help_texts = {
            "title": _("At most 75 characters. Say what is done and where: Kitchen helper for a lunch room."),
            "fits": _("One sentence that begins “Suits you if …” and tells of the work. It stands on the card."),
        }


class PlaceStep(StepForm):
    slug, heading = fields.PLACE, _("Place")
    needed = {"municipality": _("Choose the municipality where the work is done.")}

    class Meta(StepForm.Meta):
        fields = fields.of_step(fields.PLACE)
        labels = {
            "municipality": _("In which municipality is the work done?"),
            "district": _("District or village"),
            "street_address": _("Street address"),
            "postal_code": _("Postal code"),
            "accessibility": _("What is the place like to enter?"),
            "directions": _("How does one get there?"),
            "remote_share": _("How much of the work can be done remotely?"),
        }
        help_texts = {
            "accessibility": _("For example: the door is in the yard, no stairs."),
            "directions": _("For example: buses 1 and 4, stop Market Square, 150 metres."),
        }
        field_classes = {"postal_code": PostalCodeField}


class TimeStep(StepForm):
    slug, heading = fields.TIME, _("Hours and start")
    template = "jobs/postings/wizard/time.html"
    needed = {
        "hours_min": _("Write how many hours a week. Example: 20"),
        "day_parts": _("Choose at least one."),
        "start_kind": _("Choose when the work starts."),
        "application_deadline": _("Write the last day to apply."),
    }

    inset_dates = {"start_kind": "start_date"}

    hours_min = HoursField(label=_("How many hours a week?"), required=False)
    hours_max = HoursField(
        label=_("At most, if it varies"), required=False, help_text=_("Leave it empty when there is one number.")
    )
    day_parts = forms.MultipleChoiceField(
        label=_("At what time is the work done?"),
        choices=DayPart,
        widget=ChoiceCardsMultiple,
        required=False,
    )
    start_date = ThreeBoxDateField(label=_("On which day?"), required=False, latest=last_day)
    application_deadline = ThreeBoxDateField(
        label=_("Until when can one apply?"),
        required=False,
        help_text=_("The time to apply ends at 23.59."),
        earliest=timezone.localdate,
        latest=last_day,
    )

    class Meta(StepForm.Meta):
        fields = fields.of_step(fields.TIME)
        labels = {"times": _("Days and times in your own words"), "start_kind": _("When does the work start?")}
        help_texts = {"times": _("For example: Mon–Fri 8–12")}
        widgets = {
            "start_kind": ChoiceCards(
                hints={StartKind.AGREED: _("Pay subsidy: the decision is needed before the work starts.")}
            )
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start_kind"].choices = StartKind.choices

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        low, high = answers.get("hours_min"), answers.get("hours_max")
        if low is not None and high is None and "hours_max" in answers:
            answers["hours_max"] = low
        elif low is not None and high is not None and high < low:
            self.add_error("hours_max", _("The second number is smaller than the first. Write the smaller one first."))
        if answers.get("start_kind") == StartKind.DATE and not answers.get("start_date"):
            if "start_date" in answers:
                self.add_error("start_date", _("Write the day on which the work starts."))
        elif "start_date" in answers and answers.get("start_kind") in {StartKind.SOON, StartKind.AGREED}:
            answers["start_date"] = None
        end = self.instance.end_date
        if end and answers.get("start_date") and answers["start_date"] > end:
            self.add_error(
                "start_date",
                _("The work would start after it ends. Check the day, or the end on the page “Pay and support”."),
            )
        return answers


class ContactStep(StepForm):
    slug, heading = fields.CONTACT, _("Contact")
    needed = {"contact_name": _("Write who answers the applicants.")}

    class Meta(StepForm.Meta):
        fields = fields.of_step(fields.CONTACT)
        labels = {
            "contact_name": _("Who answers the applicants?"),
            "contact_role": _("Role in the organisation"),
            "contact_phone": _("Phone"),
            "contact_email": _("E-mail"),
            "contact_hours": _("When is it good to call?"),
        }
        help_texts = {
            "contact_phone": _("A phone number or an e-mail is enough. They are shown while the job is open."),
            "contact_hours": _("For example: weekdays 13–15"),
        }

    def clean_contact_phone(self):
        phone = self.cleaned_data["contact_phone"]
        if phone and not is_phone_number(phone):
            raise ValidationError(_("Check the phone number. Example: 040 123 4567."))
        return phone

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        both_read = "contact_phone" in answers and "contact_email" in answers
        if both_read and not answers["contact_phone"] and not answers["contact_email"]:
            self.add_error("contact_phone", _("Write a phone number or an e-mail address."))
        return answers


class PayStep(StepForm):
    slug, heading, is_optional = fields.PAY, _("Pay and support"), True
    end_date = ThreeBoxDateField(label=_("On which day does the work end?"), required=False)
    support = forms.MultipleChoiceField(
        label=_("What support does the worker get?"), choices=Support, required=False, widget=ChoiceCardsMultiple
    )

    class Meta(StepForm.Meta):
        fields = fields.of_step(fields.PAY)
        labels = {
            "pay_basis": _("How is the pay counted?"),
            "pay_min": _("Pay in euros, from"),
            "pay_max": _("Pay in euros, to"),
            "pay_note": _("About the pay in your own words"),
            "continuity": _("How long does the work last?"),
            "duration_months": _("How many months?"),
            "openings": _("How many people do you look for?"),
            "is_subsidy_possible": _("A pay subsidy is possible"),
            "is_tailored": _("The work can be tailored"),
            "is_trial_possible": _("One may try the work first"),
            "support_note": _("About the support in your own words"),
            "internal_note": _("Note for coaches"),
        }
        help_texts = {
            "pay_note": _("For example which collective agreement is followed."),
            "is_tailored": _("The tasks, the hours or the place can be fitted to the person."),
            "support_note": _("One sentence, for example: You get a work pair for the first two weeks."),
            "internal_note": _("Only coaches see this. Do not write names here."),
        }

    def clean_openings(self):
        return self.cleaned_data.get("openings") or 1

    def clean(self):
        super().clean()
        answers = self.cleaned_data
        low, high = answers.get("pay_min"), answers.get("pay_max")
        if low is not None and high is not None and high < low:
            self.add_error("pay_max", _("The second sum is smaller than the first. Write the smaller one first."))
        start, end = self.instance.start_date, answers.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("The work would end before it starts. Check the day."))
        return answers


def is_live(posting):
    """Whether an edit is seen by the public at once."""
    return posting.status == PostingStatus.PUBLISHED
