from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from jobs.discovery import meanings, places
from jobs.discovery.enums import Extra, HoursBand, Order
from jobs.discovery.meanings.names import is_name
from jobs.discovery.search import Filters
from jobs.postings.enums import Demand
from organisations.models import Municipality, TaskField

LONGEST_TEXT = 200
MOST_TAKEN_BACK = 20
# The names in the address, the same in every language, and the groups of the search that they fill.
GROUPS = {
    "kunta": "municipalities",
    "ala": "task_fields",
    "tunnit": "hours",
    "sopii": "without",
    "lisaksi": "extras",
}


def municipality_choices(municipalities):
    return [(municipality.code, municipality.name) for municipality in municipalities]


def task_field_choices():
    return [(field.code, field.name) for field in TaskField.objects.all()]


class KnownChoicesField(forms.MultipleChoiceField):
    """Keeps the values it knows; the others are told on the page and change nothing else."""

    def clean(self, value):
        given = dict.fromkeys(value or [])
        known = {str(key) for key, _label in self.choices}
        self.unknown = [choice for choice in given if choice and choice not in known]
        return tuple(choice for choice in given if choice in known)


class WordsField(forms.MultipleChoiceField):
    """Stretches of the text that the reader wants to be words and no limits."""

    def clean(self, value):
        return tuple(dict.fromkeys(words[:LONGEST_TEXT] for words in value or [] if words))[:MOST_TAKEN_BACK]


class SearchForm(forms.Form):
    """The list's address as a form: text, groups of choices and the order. Every value has a meaning or is told.

    What was `written` is read: some of its words are limits, the others are the `text` to look for.
    """

    q = forms.CharField(label=_("Work or field"), required=False, help_text=_("For example kitchen or yard"))
    kunta = KnownChoicesField(label=_("Municipality"), required=False)
    ala = KnownChoicesField(label=_("Field of work"), required=False)
    tunnit = KnownChoicesField(label=_("Hours a week"), required=False, choices=HoursBand)
    sopii = KnownChoicesField(label=_("The work does not need"), required=False, choices=Demand)
    lisaksi = KnownChoicesField(label=_("Also"), required=False, choices=Extra)
    paikka = forms.CharField(
        label=_("Near a place"), required=False, help_text=_("A municipality or a postal code, for example Kitee")
    )
    sade = forms.ChoiceField(
        label=_("How far at most?"), required=False, choices=[(str(km), f"{km} km") for km in places.RADII]
    )
    sijainti = forms.CharField(required=False, widget=forms.HiddenInput)
    jarjestys = forms.CharField(required=False)
    tarkka = forms.BooleanField(required=False)
    sanoina = WordsField(required=False)

    def __init__(self, data):
        data = data.copy()
        data.setdefault("sade", str(places.USUAL_RADIUS))
        super().__init__(data, auto_id="haku_%s")
        self.municipalities = list(Municipality.objects.all())
        self.fields["kunta"].choices = municipality_choices(self.municipalities)
        self.fields["ala"].choices = task_field_choices()
        self.fields["q"].widget.attrs.update(autocomplete="off", maxlength=LONGEST_TEXT, type="search")

    def clean_q(self):
        return " ".join(self.cleaned_data["q"].split())[:LONGEST_TEXT]

    def clean_paikka(self):
        return " ".join(self.cleaned_data["paikka"].split())[:60]

    def clean(self):
        """Reads the place. One that nobody knows is told with names that may have been meant; the rest still holds."""
        super().clean()
        self.place, self.unknown_place = None, None
        text, point = self.cleaned_data.get("paikka"), self.cleaned_data.get("sijainti")
        try:
            self.place = places.read_place(text) if text else places.read_point(point) if point else None
        except places.UnknownPlace as error:
            self.unknown_place = error
        self.understood = self._read()
        return self.cleaned_data

    def _read(self):
        """What the words mean; looked for exactly, they mean nothing else."""
        if not self.written or self.is_literal:
            return meanings.Understood(self.written)
        taken_back = self.cleaned_data["sanoina"]
        return meanings.read(self.written, self.municipalities, is_name=is_name, taken_back=taken_back)

    @property
    def radius(self):
        """Kilometres around the place; the usual ones when the address says something else."""
        return int(self.cleaned_data.get("sade") or places.USUAL_RADIUS)

    def clean_jarjestys(self):
        order = self.cleaned_data["jarjestys"]
        return Order(order) if order in Order.values else None

    @property
    def filters(self):
        near = self.place.within(self.radius) if self.place else None
        return Filters(
            near=near, said=self.understood.limits, **{group: self.cleaned_data[name] for name, group in GROUPS.items()}
        )

    @property
    def written(self):
        return self.cleaned_data["q"]

    @property
    def text(self):
        """The words to look for: those that say no limit."""
        return self.understood.text

    @property
    def said_limits(self):
        """Pairs of words that were written and what the limits that they mean are called."""
        names = {municipality.code: municipality.name for municipality in self.municipalities}
        together = meanings.said_together(self.understood.limits)
        return [(written, ", ".join(limit.label(names) for limit in limits)) for written, limits in together]

    @property
    def said_places(self):
        """The limits of the text that name a municipality to look in."""
        return [limit for limit in self.understood.limits if limit.group == meanings.PLACES and not limit.is_denied]

    @property
    def order(self):
        """The chosen order, or None for the usual one; relevance needs a text."""
        order = self.cleaned_data["jarjestys"]
        is_idle = (order == Order.RELEVANCE and not self.text) or (order == Order.NEAREST and not self.place)
        return None if is_idle else order

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
        known = municipality_choices(Municipality.objects.all()) if municipalities is None else municipalities
        self.fields["kunta"].choices = [("", _("All North Karelia")), *known]
        attrs = {"type": "search", "autocomplete": "off", "maxlength": LONGEST_TEXT}
        attrs["data-portal-suggest"] = reverse("search:suggestions")
        self.fields["q"].widget = forms.TextInput(attrs=attrs)
