"""The list page's words and links: its title, the chips, the choices with their counts."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.discovery.addresses import adding, first_page, having, without
from jobs.discovery.enums import Order
from jobs.discovery.forms import GROUPS, QuickSearchForm, SearchForm
from jobs.discovery.search import PAGE_SIZE, usual_order
from jobs.discovery.ways_on import WaysOn, without_words
from organisations.models import TaskField


@dataclass(frozen=True)
class ResultsPage:
    """One page of the list: its words, its links and its postings.

    `postings` answer the search. `resembling` only resemble what was asked; they and `ways_on` stand on a page without
    hits alone.
    """

    form: SearchForm
    quick_form: QuickSearchForm
    answer: Any
    title: str
    page: Page
    postings: list
    resembling: list
    facets: list[dict]
    chips: list[dict]
    understood: dict | None
    orders: list[dict]
    order_words: str
    ways_on: WaysOn | None
    places_meant: list[dict]
    list_url: str

    @classmethod
    def of(cls, form, answer, number, address, ways_on):
        """`answer` is the search's, for the page with this number; `address` the query of the request.

        `ways_on` are those that the search was asked to count.
        """
        return cls(
            form=form,
            quick_form=QuickSearchForm(address, municipalities=form.fields["kunta"].choices),
            answer=answer,
            title=title(form, answer.total),
            page=Paginator(range(answer.listed), PAGE_SIZE).page(number),
            postings=answer.objects if answer.total else [],
            resembling=[] if answer.total else answer.objects,
            facets=facets(form, answer.facets),
            chips=chips(form, address),
            understood=understood(answer, address),
            orders=orders(form, address),
            order_words=order_words(form),
            ways_on=None if answer.total else ways_on.counted(answer.otherwise),
            places_meant=places_meant(form, address),
            list_url=reverse("jobs:posting_list"),
        )

    @property
    def answers(self):
        """Those of the postings that are shown as what was asked: none where the page says that they are not."""
        return [] if self.understood or self.is_near else self.postings

    @property
    def is_near(self):
        """Whether the postings have only some of the words, as none has all."""
        return bool(self.answer.relaxed and self.answer.total)

    @property
    def chosen_count(self):
        return len(self.form.filters)


LONG = {"kunta", "ala"}
OPEN_AT_FIRST = {"kunta", "ala", "tunnit"}


def facets(form, counts):
    """The groups of choices with the number of postings beside each; what is chosen, or has jobs, comes first."""
    return [
        {
            "name": name,
            "title": form.fields[name].label,
            "open": name in OPEN_AT_FIRST or bool(form.cleaned_data[name]),
            "options": _options(form, name, counts[group]),
        }
        for name, group in GROUPS.items()
    ]


def _options(form, name, counts):
    chosen = form.cleaned_data[name]
    options = [
        {"value": value, "label": label, "count": counts.get(value, 0), "chosen": value in chosen}
        for value, label in form.fields[name].choices
    ]
    if name in LONG:
        options.sort(key=lambda option: (not option["chosen"], not option["count"]))
    return options


def chips(form, address):
    """What is chosen, each with the address that lacks it. `address` is the query of the request."""
    chosen = []
    if form.text:
        chosen.append({"text": f"”{form.text}”", "url": without_words(form, address)})
    for written, label in form.said_limits:
        chosen.append({"text": label, "url": adding(address, "sanoina", written)})
    if form.place:
        text = f"{form.place.name} + {form.radius} km"
        chosen.append({"text": text, "url": without(address, "paikka", None, "sade", "sijainti")})
    for name in GROUPS:
        labels = dict(form.fields[name].choices)
        chosen += [{"text": labels[value], "url": without(address, name, value)} for value in form.cleaned_data[name]]
    return chosen


def title(form, total):
    """What the page shows, in words: "Cleaning, Kontiolahti – 7 open"."""
    words = [f"”{form.text}”"] if form.text else []
    words += [label for _written, label in form.said_limits]
    for name in ("ala", "kunta"):
        labels = dict(form.fields[name].choices)
        words += [str(labels[value]) for value in form.cleaned_data[name][:2]]
    if form.place:
        words.append(_("%(place)s and %(km)s km around") % {"place": form.place.name, "km": form.radius})
    subject = ", ".join(words) or _("Jobs")
    if not total:
        return _("%(subject)s – no open jobs") % {"subject": subject}
    count = ngettext("%(count)s open", "%(count)s open", total) % {"count": number_format(total, force_grouping=True)}
    return f"{subject} – {count}"


def orders(form, address):
    """The ways to order the list, as links, the usual one first; those that need words or a place only with them."""
    current, usual = _order(form), usual_order(form.filters, form.text)
    idle = {Order.RELEVANCE: not form.text, Order.NEAREST: not form.place}
    links = []
    for order in sorted(Order, key=lambda order: order != usual):
        if idle.get(order):
            continue
        query = first_page(address)
        query["jarjestys"] = order.value
        links.append({"text": order.label, "url": f"?{query.urlencode()}", "current": order == current})
    return links


def order_words(form):
    """The order of the list in a sentence, so that nobody need wonder who bought the first place."""
    return {
        Order.CLOSING: _("The jobs that close soonest come first. Nobody can buy a better place."),
        Order.NEWEST: _("The newest jobs come first. Nobody can buy a better place."),
        Order.RELEVANCE: _("The jobs that match your words best come first. Nobody can buy a better place."),
        Order.NEAREST: _("The nearest jobs come first, measured from the centre of the municipality."),
    }[_order(form)]


def _order(form):
    return form.order or usual_order(form.filters, form.text)


def places_meant(form, address):
    """For a place that nobody knows: the names that may have been meant, as links."""
    names = form.unknown_place.suggestions if form.unknown_place else []
    return [{"name": name, "url": having(address, "paikka", name)} for name in names]


def understood(results, address):
    """How the words were understood, when not as written: the nearest words, and the way back to one's own."""
    if not results.replaced:
        return None
    query = first_page(address)
    query["tarkka"] = "1"
    nearest = ", ".join(word for words in results.replaced.values() for word in words)
    return {"words": nearest, "written": ", ".join(results.replaced), "url": f"?{query.urlencode()}"}


def by_task_field(counts):
    """Pairs of task field and its number of open postings, most first, then by the field's own place."""
    fields = [(field, counts["task_fields"].get(field.code, 0)) for field in TaskField.objects.all()]
    return sorted(fields, key=lambda pair: (-pair[1], pair[0].position, pair[0].pk))
