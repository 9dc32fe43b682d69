"""The reasons that staff give when they pause or close an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm


class DecisionForm(TypedTextForm, forms.Form):
    """A step without a reason: nothing to fill in."""


class ReasonForm(DecisionForm):
    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The organisation's administrators get this text by e-mail."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("Write the reason: the organisation gets it by e-mail.")},
    )
