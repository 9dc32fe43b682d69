"""The three steps of an application. What is typed is never cut, and an identity code is never repeated."""

import json

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.names import refuse_addresses
from accounts.typed_text import TypedTextForm
from jobs.applications.enums import HoursWish, StartWish
from jobs.postings import presentation
from portal.forms import ChoiceCards, ChoiceCardsMultiple, OwnWordsField, ThreeBoxDateField
from portal.phone_numbers import is_phone_number

# Five times the longest text that is sent: who wrote too much keeps it and shortens it.
MOST_BYTES = 10 * 1024


class StepForm(TypedTextForm, forms.Form):
    """One step. `typed` is what to keep for coming back, finished or not; `answers` is what is sent in the end."""

    @property
    def is_too_long_to_keep(self):
        return any(len(json.dumps(value, ensure_ascii=False).encode()) > MOST_BYTES for value in self.typed.values())

    @property
    def typed(self):
        """The values as the boxes hold them, in a form that a session keeps. Identity codes are out of them by now."""
        return {name: self[name].data for name in self.fields}


class OneOfTwoField(OwnWordsField):
    """One of two is enough: neither is called optional, and neither is asked for alone."""

    def validate(self, value):
        if value:
            super().validate(value)


class AboutYouForm(StepForm):
    use_required_attribute = False

    name = OwnWordsField(
        label=_("Your name"),
        longest=80,
        validators=[refuse_addresses],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Write your name.")},
    )
    phone = OneOfTwoField(
        label=_("Phone number"),
        longest=30,
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    email = OneOfTwoField(
        label=_("E-mail address"),
        longest=254,
        help_text=_("You get a copy and a link to your application here."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )

    def clean_phone(self):
        phone = self.cleaned_data["phone"]
        if phone and not is_phone_number(phone):
            raise ValidationError(_("Check the phone number. Example: 040 123 4567."))
        return phone

    def clean_email(self):
        email = self.cleaned_data["email"]
        if email and "@" not in email:
            raise ValidationError(_("The @ sign is missing from the e-mail address. Example: name@example.org."))
        try:
            if email:
                validate_email(email)
        except ValidationError as error:
            raise ValidationError(_("Check the e-mail address. Example: name@example.org.")) from error
        return email

    def clean(self):
        has_neither = not self.cleaned_data.get("phone") and not self.cleaned_data.get("email")
        if has_neither and not self.has_error("phone") and not self.has_error("email"):
            self.add_error("phone", _("Write a phone number or an e-mail address, so that you can be contacted."))

    @property
    def answers(self):
        return {name: self.cleaned_data[name] for name in ("name", "phone", "email")}


class SkillsForm(StepForm):
    tasks = forms.MultipleChoiceField(
        label=_("What do you like to do?"),
        required=False,
        help_text=_("You may choose many."),
        widget=ChoiceCardsMultiple,
        error_messages={"invalid_choice": _("The tasks of this job have changed. Choose again.")},
    )
    hours_wish = forms.ChoiceField(
        label=_("How many hours a week suit you?"),
        widget=ChoiceCards,
        error_messages={
            "required": _("Choose how many hours a week suit you."),
            "invalid_choice": _("Choose how many hours a week suit you."),
        },
    )
    start_wish = forms.ChoiceField(
        label=_("When can you begin?"),
        widget=ChoiceCards,
        error_messages={
            "required": _("Choose when you can begin."),
            "invalid_choice": _("Choose when you can begin."),
        },
    )
    start_date_wish = ThreeBoxDateField(
        label=_("The day when you can begin"), required=False, earliest=timezone.localdate
    )
    message = OwnWordsField(
        label=_("Tell about yourself in a few sentences"),
        longest=2000,
        required=False,
        help_text=_("Do not write your identity code or illnesses."),
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, posting, **kwargs):
        super().__init__(*args, **kwargs)
        self.titles = {str(task.pk): task.title for task in posting.tasks.all()}
        self.fields["tasks"].choices = list(self.titles.items())
        if not self.titles:
            del self.fields["tasks"]
        hours, start = self.fields["hours_wish"], self.fields["start_wish"]
        hours.choices = [
            (HoursWish.AS_POSTED, presentation.hours(posting) or HoursWish.AS_POSTED.label),
            (HoursWish.FEWER, HoursWish.FEWER.label),
            (HoursWish.UNSURE, HoursWish.UNSURE.label),
        ]
        hours.widget.hints = {
            HoursWish.AS_POSTED: _("The hours in the posting"),
            HoursWish.UNSURE: _("We can agree on the hours together"),
        }
        start.choices = StartWish.choices
        start.widget.hints = {StartWish.AS_POSTED: presentation.start(posting)}

    def clean(self):
        is_day = self.cleaned_data.get("start_wish") == StartWish.DATE
        if not is_day:
            # What stands in boxes that do not belong to the choice is nobody's mistake.
            self.errors.pop("start_date_wish", None)
            self.cleaned_data["start_date_wish"] = None
        elif not self.cleaned_data.get("start_date_wish") and not self.has_error("start_date_wish"):
            self.add_error("start_date_wish", _("Write the day, the month and the year."))

    @property
    def answers(self):
        day = self.cleaned_data["start_date_wish"]
        return {
            "tasks": [self.titles[key] for key in self.cleaned_data.get("tasks", [])],
            "hours_wish": self.cleaned_data["hours_wish"],
            "start_wish": self.cleaned_data["start_wish"],
            "start_date_wish": day.isoformat() if day else None,
            "message": self.cleaned_data["message"],
        }


class SendForm(forms.Form):
    """The last step asks nothing. Its errors are about the sending."""
