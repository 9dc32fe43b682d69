"""The list page's words and links: its title, the chips, the choices with their counts."""

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
                    "count": counts[group][value],
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
    count = ngettext("%(count)s open", "%(count)s open", total) % {"count": total}
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
    query = address.copy()
    query.pop("page", None)
    left = [one for one in query.getlist(name) if value is not None and one != value]
    query.setlist(name, left)
    return f"?{query.urlencode()}"


def orders(current, address):
    """The ways to order the list, as links."""
    found = []
    for order in (Order.CLOSING, Order.NEWEST):
        query = address.copy()
        query.pop("page", None)
        query["jarjestys"] = order.value
        found.append({"text": order.label, "url": f"?{query.urlencode()}", "current": order == current})
    return found
