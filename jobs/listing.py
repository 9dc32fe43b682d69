"""The list page's words and links: its title, the chips, the choices with their counts."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.enums import Order
from jobs.finding import find
from jobs.forms.search import GROUPS

OPEN_AT_FIRST = {"kunta", "ala", "tunnit"}


def facets(form, counts):
    """The groups of choices with the number of postings beside each."""
    return [
        {
            "name": name,
            "title": form.fields[name].label,
            "open": name in OPEN_AT_FIRST or bool(form.cleaned_data[name]),
            "options": [
                {
                    "value": value,
                    "label": label,
                    "count": counts[group].get(value, 0),
                    "chosen": value in form.cleaned_data[name],
                }
                for value, label in form.fields[name].choices
            ],
        }
        for name, group in GROUPS.items()
    ]


def chips(form, address):
    """What is chosen, each with the address that lacks it. `address` is the query of the request."""
    found = []
    if form.text:
        found.append({"text": f"”{form.text}”", "url": _without(address, "q", None)})
    for name in GROUPS:
        labels = dict(form.fields[name].choices)
        found += [{"text": labels[value], "url": _without(address, name, value)} for value in form.cleaned_data[name]]
    return found


def title(form, total):
    """What the page shows, in words: "Cleaning, Kontiolahti – 7 open"."""
    words = [f"”{form.text}”"] if form.text else []
    for name in ("ala", "kunta"):
        labels = dict(form.fields[name].choices)
        words += [str(labels[value]) for value in form.cleaned_data[name][:2]]
    subject = ", ".join(words) or _("Jobs")
    if not total:
        return _("%(subject)s – no open jobs") % {"subject": subject}
    count = ngettext("%(count)s open", "%(count)s open", total) % {"count": number_format(total, force_grouping=True)}
    return f"{subject} – {count}"


def removals(form, address):
    """For a page without hits: each choice, with the postings that its removal brings and the address; most first."""
    found = []
    if form.text:
        total = find(form.filters).total
        found.append(
            {
                "title": _("Without the word ”%(text)s”") % {"text": form.text},
                "count": total,
                "url": _without(address, "q", None),
            }
        )
    for name, group in GROUPS.items():
        labels = dict(form.fields[name].choices)
        for value in form.cleaned_data[name][:3]:
            total = find(form.filters.lacking(group, value), form.text).total
            words = _("Without the limit %(limit)s") % {"limit": labels[value]}
            found.append({"title": words, "count": total, "url": _without(address, name, value)})
    return sorted((one for one in found if one["count"]), key=lambda one: -one["count"])[:4]


def _without(address, name, value):
    query = _first_page(address)
    left = [one for one in query.getlist(name) if value is not None and one != value]
    query.setlist(name, left)
    return f"?{query.urlencode()}"


def orders(form, address):
    """The ways to order the list, as links; relevance only where there are words to match."""
    usual = Order.RELEVANCE if form.text else Order.CLOSING
    found = []
    for order in Order:
        if order == Order.RELEVANCE and not form.text:
            continue
        query = _first_page(address)
        query["jarjestys"] = order.value
        is_current = order == (form.order or usual)
        found.append({"text": order.label, "url": f"?{query.urlencode()}", "current": is_current})
    return found


def order_words(form):
    """The order of the list in a sentence, so that nobody need wonder who bought the first place."""
    words = {
        Order.CLOSING: _("The jobs whose time to apply ends first stand first. Nobody can buy a better place."),
        Order.NEWEST: _("The newest jobs stand first. Nobody can buy a better place."),
        Order.RELEVANCE: _("The jobs that match your words best stand first. Nobody can buy a better place."),
    }
    return words[form.order or (Order.RELEVANCE if form.text else Order.CLOSING)]


def understood(found, address):
    """How the words were understood, when not as written: the nearest words, and the way back to one's own."""
    if not found.replaced:
        return None
    query = _first_page(address)
    query["tarkka"] = "1"
    nearest = ", ".join(word for words in found.replaced.values() for word in words)
    return {"words": nearest, "written": ", ".join(found.replaced), "url": f"?{query.urlencode()}"}


def _first_page(address):
    query = address.copy()
    query.pop("page", None)
    return query
