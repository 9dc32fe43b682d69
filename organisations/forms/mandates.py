from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.typed_text import TypedTextForm
from organisations.models import Organisation
from organisations.roles import may_be_given
from portal.forms import ChoiceCardsMultiple


class MandateForm(TypedTextForm, forms.Form):
    """To whom an organisation gives a mandate, and for what. Nothing is chosen beforehand."""

    receiver = forms.ModelChoiceField(
        label=_("To whom"),
        help_text=_("Organisations that give coaching or Koitto support."),
        queryset=Organisation.objects.none(),
        empty_label=_("Choose"),
        error_messages={"required": _("Choose the organisation.")},
    )
    verbs = forms.MultipleChoiceField(
        label=_("For what"),
        widget=ChoiceCardsMultiple,
        error_messages={"required": _("Choose at least one.")},
    )

    def __init__(self, *args, giver, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["receiver"].queryset = Organisation.objects.receivers_for(giver).in_alphabetical_order()
        self.fields["verbs"].choices = [(verb.value, verb.label) for verb in may_be_given(giver)]

    @property
    def chosen_labels(self):
        labels = dict(self.fields["verbs"].choices)
        return [labels[code] for code in self.cleaned_data["verbs"]]
