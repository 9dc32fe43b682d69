"""Form fields that every app of the site shares."""

import calendar
import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import formats, timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, ngettext, pgettext_lazy
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.forms import BaseImageForm

from portal.backends.files import has_room_for
from portal.figures import Period
from portal.numbers import whole_number

# Django's own messages, named here so that our catalogues say them in this site's voice: what is wrong, what to do.
KINDER_MESSAGES = [
    gettext_noop("This field is required."),
    gettext_noop("Enter a valid email address."),
    gettext_noop("Enter a number."),
    gettext_noop("Enter a whole number."),
    gettext_noop("Enter a valid URL."),
    gettext_noop("Select a valid choice. %(value)s is not one of the available choices."),
    gettext_noop("Select a valid choice. That choice is not one of the available choices."),
    gettext_noop("Ensure this value is greater than or equal to %(limit_value)s."),
    gettext_noop("Ensure this value is less than or equal to %(limit_value)s."),
    gettext_noop("Null characters are not allowed."),
    gettext_noop("The submitted file is empty."),
]

MONTHS = {
    1: pgettext_lazy("… has 30 days", "January"),
    2: pgettext_lazy("… has 30 days", "February"),
    3: pgettext_lazy("… has 30 days", "March"),
    4: pgettext_lazy("… has 30 days", "April"),
    5: pgettext_lazy("… has 30 days", "May"),
    6: pgettext_lazy("… has 30 days", "June"),
    7: pgettext_lazy("… has 30 days", "July"),
    8: pgettext_lazy("… has 30 days", "August"),
    9: pgettext_lazy("… has 30 days", "September"),
    10: pgettext_lazy("… has 30 days", "October"),
    11: pgettext_lazy("… has 30 days", "November"),
    12: pgettext_lazy("… has 30 days", "December"),
}
PARTS = ("day", "month", "year")
LABELS = {"day": _("Day"), "month": _("Month"), "year": _("Year")}

# The boxes that a mistake is in; a mistake that is not named here marks all three.
WRONG_BOXES = {
    "day_missing": ("day",),
    "month_missing": ("month",),
    "year_missing": ("year",),
    "no_day": ("day",),
    "no_month": ("month",),
    "no_year": ("year",),
}


class PostalCodeField(forms.RegexField):
    """A Finnish postal code. Digits of other scripts are refused: nobody could look for the code afterwards."""

    default_error_messages = {"invalid": _("A postal code has five digits. Example: 80100")}

    def __init__(self, **kwargs):
        super().__init__(r"^[0-9]{5}\Z", **kwargs | {"strip": True})


class OwnWordsField(forms.CharField):
    """Text in a person's own words: HTML, emoji and any script stay as they are, and too long is told, not cut."""

    def __init__(self, *, longest, **kwargs):
        super().__init__(**kwargs)
        self.longest = longest

    def validate(self, value):
        super().validate(value)
        over = len(value) - self.longest
        if over > 0:
            message = ngettext(
                "The text is %(over)s character too long. %(longest)s fit here.",
                "The text is %(over)s characters too long. %(longest)s fit here.",
                over,
            )
            raise ValidationError(message, code="too_long", params={"over": over, "longest": self.longest})


class ThreeBoxDateWidget(forms.MultiWidget):
    """Day, month and year in boxes of their own, in Finnish order; `wrong` names the boxes that an error marks."""

    template_name = "components/widgets/three_box_date.html"
    use_fieldset = True
    wrong: tuple[str, ...] = PARTS

    def __init__(self, attrs=None):
        boxes = {part: forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}) for part in PARTS}
        super().__init__(boxes, attrs)

    def decompress(self, value):
        return [value.day, value.month, value.year] if value else [None, None, None]

    def id_for_label(self, id_):
        return f"{id_}_{self.wrong[0]}" if id_ else id_

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        for part, box in zip(PARTS, context["widget"]["subwidgets"], strict=True):
            box["label"] = LABELS[part]
            box["attrs"]["id"] = f"{context['widget']['attrs'].get('id', name)}_{part}"
            box["attrs"]["class"] = "control"
            if part not in self.wrong:
                box["attrs"].pop("aria-invalid", None)
        return context


class ThreeBoxDateField(forms.Field):
    """A date in three boxes. Every mistake is told as what is wrong and what to do."""

    widget = ThreeBoxDateWidget
    default_error_messages = {
        "required": _("Write the day, the month and the year."),
        "day_missing": _("The day is missing."),
        "month_missing": _("The month is missing."),
        "year_missing": _("The year is missing."),
        "not_numbers": _("Write the date in numbers. Example: %(example)s"),
        "no_month": _("A year has 12 months. Check the month."),
        "no_day": _("%(month)s has %(count)s days. Check the day."),
        "no_year": _("Write the year in four numbers. Example: %(example)s"),
        "too_early": _("The date can be %(limit)s at the earliest."),
        "too_late": _("The date can be %(limit)s at the latest."),
    }

    def __init__(self, *, earliest=None, latest=None, **kwargs):
        """`earliest` and `latest` are dates, or functions that give one when the form is read."""
        self.earliest, self.latest = earliest, latest
        super().__init__(**kwargs)

    def clean(self, value):
        self.widget.wrong = PARTS
        return super().clean(value)

    def to_python(self, value):
        texts = [str(part or "").strip().rstrip(".") for part in value or [None] * 3]
        if not any(texts):
            return None
        for part, text in zip(PARTS, texts, strict=True):
            if not text:
                self._refuse(f"{part}_missing")
        numbers = [whole_number(text, 9999) for text in texts]
        if None in numbers:
            self._refuse("not_numbers", example=self._example())
        return self._to_date(*numbers)

    def validate(self, value):
        super().validate(value)
        if value is None:
            return
        earliest, latest = self._limit(self.earliest), self._limit(self.latest)
        if earliest and value < earliest:
            self._refuse("too_early", limit=formats.date_format(earliest))
        if latest and value > latest:
            self._refuse("too_late", limit=formats.date_format(latest))

    def has_changed(self, initial, data):
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True

    def _to_date(self, day, month, year):
        if not 1 <= month <= 12:
            self._refuse("no_month")
        if not 1900 <= year <= 2999:
            self._refuse("no_year", example=str(timezone.localdate().year))
        count = calendar.monthrange(year, month)[1]
        if not 1 <= day <= count:
            self._refuse("no_day", month=MONTHS[month], count=count)
        return datetime.date(year, month, day)

    def _refuse(self, code, **params):
        self.widget.wrong = WRONG_BOXES.get(code, PARTS)
        raise ValidationError(self.error_messages[code], code=code, params=params)

    @staticmethod
    def _limit(limit):
        return limit() if callable(limit) else limit

    @staticmethod
    def _example():
        return formats.date_format(timezone.localdate() + datetime.timedelta(days=30))


class _Hints:
    """Adds a line of explanation to single choices, by value."""

    def __init__(self, attrs=None, choices=(), *, hints=None):
        self.hints = hints or {}
        super().__init__(attrs, choices)

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        return option | {"hint": self.hints.get(str(value), "")}


class ChoiceCards(_Hints, forms.RadioSelect):
    """Radio buttons as large cards."""


class ChoiceCardsMultiple(_Hints, forms.CheckboxSelectMultiple):
    """Tick boxes as large cards."""


class DayField(forms.DateField):
    """A day of this century, asked by the browser's own calendar."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [MinValueValidator(datetime.date(2000, 1, 1)), MaxValueValidator(datetime.date(2099, 12, 31))]


class PeriodForm(forms.Form):
    """From a day to a day, both included. Not filled in, it means this year until today."""

    first = DayField(label=_("First day"))
    last = DayField(label=_("Last day"))

    def __init__(self, data=None):
        today = timezone.localdate()
        super().__init__(data, initial={"first": today.replace(month=1, day=1), "last": today})

    def clean(self):
        first, last = self.cleaned_data.get("first"), self.cleaned_data.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day is before the first. Choose a later day."))
        return self.cleaned_data

    @property
    def period(self):
        """The chosen period; None while the answers have mistakes."""
        if not self.is_bound:
            return Period(self.initial["first"], self.initial["last"])
        return Period(self.cleaned_data["first"], self.cleaned_data["last"]) if self.is_valid() else None


class FindsRoom:
    """Asks for room before anything is written, so that a full disk is one error of the form among others."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile) and not has_room_for(file.size):
            words = _("The file could not be stored just now. Try again later, or leave the file out.")
            raise ValidationError(words, code="not_stored")
        return file


class ImageForm(FindsRoom, BaseImageForm):
    """Wagtail's form of a picture."""


class DocumentForm(FindsRoom, BaseDocumentForm):
    """Wagtail's form of a document."""
