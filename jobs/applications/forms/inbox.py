from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from jobs.applications.enums import DeclineReason
from portal.forms import ChoiceCards, OwnWordsField


class NoteForm(TypedTextForm, forms.Form):
    """The organisation's own note. It is deleted with the application."""

    text = OwnWordsField(
        label=_("New note"),
        longest=1000,
        help_text=_("Only your organisation sees it. The applicant has the right to ask what it says."),
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note first.")},
    )


class ReasonForm(forms.Form):
    """Why the answer is no. The applicant reads the words of the next step, not the reason's name."""

    reason = forms.ChoiceField(
        label=_("Why did you not choose this applicant?"),
        choices=DeclineReason,
        widget=ChoiceCards,
        error_messages={"required": _("Choose a reason."), "invalid_choice": _("Choose a reason.")},
    )


class AnswerForm(TypedTextForm, ReasonForm):
    """The words that go to the applicant, ready and kind, to be changed at will."""

    text = OwnWordsField(
        label=_("Message to the applicant"),
        longest=2000,
        help_text=_("The message is ready. You may change it."),
        widget=forms.Textarea(attrs={"rows": 12}),
        error_messages={"required": _("Write a message to the applicant.")},
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].widget = forms.HiddenInput()
