from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.widgets import AdminDateInput

from accounts.typed_text import TypedTextForm
from organisations.actions import rollout as actions
from organisations.enums import RolloutState


class RolloutForm(TypedTextForm, forms.Form):
    """A change of a municipality's rollout. Nothing is chosen beforehand."""

    state = forms.ChoiceField(
        label=_("Rollout"),
        choices=RolloutState,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the state.")},
    )
    valid_from = forms.DateField(
        label=_("From which day"),
        help_text=_("Today or a later day."),
        widget=AdminDateInput,
        error_messages={"required": _("Choose the day.")},
    )
    note = forms.CharField(
        label=_("Why"),
        help_text=_("The municipality's contact reads this too."),
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write why.")},
    )

    @property
    def state_label(self):
        return RolloutState(self["state"].value()).label

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if day < timezone.localdate():
            raise forms.ValidationError(_("The day has passed. Choose today or a later day."))
        return day

    def refuse(self, refusal):
        """Says what stood in the way of the change."""
        name, words = {
            actions.DayHasPassed: ("valid_from", _("The day has passed. Choose today or a later day.")),
            actions.ChangesThatDay: ("valid_from", _("Another change begins on that day. Choose another day.")),
            actions.NothingChanges: ("state", _("The municipality is in this state on that day already.")),
        }[type(refusal)]
        self.add_error(name, words)
