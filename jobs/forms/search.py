from django import forms
from django.utils.translation import gettext_lazy as _

from jobs import finding
from jobs.enums import Demand, Extra, HoursBand, Order

LONGEST_TEXT = 200
# The names in the address, the same in every language, and the groups of the search that they fill.
GROUPS = {"kunta": "municipalities", "ala": "task_fields", "tunnit": "hours", "sopii": "without", "lisaksi": "extras"}


class KnownChoicesField(forms.MultipleChoiceField):
    """Keeps the values it knows; the others are told on the page and change nothing else."""

    def clean(self, value):
        given = dict.fromkeys(value or [])
        known = {str(key) for key, _label in self.choices}
        self.unknown = [one for one in given if one and one not in known]
        return tuple(one for one in given if one in known)


class SearchForm(forms.Form):
    """The list's address as a form: text, groups of choices and the order. Every value has a meaning or is told."""

    q = forms.CharField(label=_("Work or field"), required=False, help_text=_("For example kitchen or yard"))
    kunta = KnownChoicesField(label=_("Municipality"), required=False)
    ala = KnownChoicesField(label=_("Field of work"), required=False)
    tunnit = KnownChoicesField(label=_("Hours a week"), required=False, choices=HoursBand)
    sopii = KnownChoicesField(label=_("The work suits if you cannot do"), required=False, choices=Demand)
    lisaksi = KnownChoicesField(label=_("Also"), required=False, choices=Extra)
    jarjestys = forms.CharField(required=False)
    tarkka = forms.BooleanField(required=False)

    def __init__(self, data):
        super().__init__(data, auto_id="haku_%s")
        self.fields["kunta"].choices = finding.municipality_choices()
        self.fields["ala"].choices = finding.task_field_choices()
        self.fields["q"].widget.attrs.update(autocomplete="off", maxlength=LONGEST_TEXT, type="search")

    def clean_q(self):
        return " ".join(self.cleaned_data["q"].split())[:LONGEST_TEXT]

    def clean_jarjestys(self):
        order = self.cleaned_data["jarjestys"]
        return Order(order) if order in Order.values else None

    @property
    def filters(self):
        return finding.Filters(**{group: self.cleaned_data[name] for name, group in GROUPS.items()})

    @property
    def text(self):
        return self.cleaned_data["q"]

    @property
    def order(self):
        """The chosen order, or None for the usual one; relevance needs a text."""
        order = self.cleaned_data["jarjestys"]
        return None if order == Order.RELEVANCE and not self.text else order

    @property
    def is_literal(self):
        """Whether the words are looked for as written: the reader said so."""
        return self.cleaned_data["tarkka"]

    @property
    def unknown(self):
        """The values in the address that mean nothing here."""
        return [value for name in GROUPS for value in self.fields[name].unknown]


class QuickSearchForm(forms.Form):
    """The portal's question: which work, where. It leads to the list."""

    q = forms.CharField(label=_("Work or field"), required=False, help_text=_("For example kitchen or yard"))
    kunta = forms.ChoiceField(label=_("Municipality"), required=False, help_text=_("Where do you want to work?"))

    def __init__(self, data=None, *, auto_id="etsi_%s", municipalities=None):
        super().__init__(data, auto_id=auto_id)
        known = finding.municipality_choices() if municipalities is None else municipalities
        self.fields["kunta"].choices = [("", _("All North Karelia")), *known]
        self.fields["q"].widget = forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": 200})
