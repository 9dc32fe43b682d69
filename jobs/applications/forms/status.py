"""Finding one's own application by its code and the end of the phone number."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from jobs.applications.models import CODE_ALPHABET

CODE_LENGTH, DIGITS = 6, 4
HALF = 3


class OwnApplicationForm(TypedTextForm, forms.Form):
    reference = forms.CharField(
        label=_("Code"),
        help_text=_("Six letters and digits, for example ABC-347. You got the code when you applied."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("Write the code of your application.")},
    )
    digits = forms.CharField(
        label=_("Last four digits of your phone number"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("Write the last four digits of your phone number.")},
    )

    def clean_reference(self):
        """Small letters, spaces and a missing dash are no mistakes."""
        code = "".join(character for character in self.cleaned_data["reference"].upper() if character.isalnum())
        if len(code) != CODE_LENGTH or not set(code) <= set(CODE_ALPHABET):
            raise ValidationError(_("Check the code. It has six letters and digits, for example ABC-347."))
        return f"{code[:HALF]}-{code[HALF:]}"

    def clean_digits(self):
        digits = "".join(self.cleaned_data["digits"].split())
        if len(digits) != DIGITS or not digits.isdecimal():
            raise ValidationError(_("Write four digits: the end of the phone number that you gave."))
        return str(int(digits)).zfill(DIGITS)
