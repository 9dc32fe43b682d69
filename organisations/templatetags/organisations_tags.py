"""The frame of the desk and the words about an organisation."""

import json

from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from organisations.desk import tabs_of

register = template.Library()

# The drawing that stands for a field of activity; fields that editors add later get the people.
DRAWINGS = {
    "food": "kitchen",
    "village": "house",
    "sports": "garden",
    "culture": "culture",
    "environment": "garden",
    "animals": "garden",
    "digital": "digital",
    "employment": "craft",
}


@register.simple_tag(takes_context=True)
def desk_tabs(context):
    """The parts of the desk that are for this membership, as links. The view names the present one in `tab`."""
    membership, here = context.get("membership"), context.get("tab", "")
    return [
        {
            "text": tab.label,
            "url": reverse(tab.url_name, args=tab.arguments(membership)),
            "current": tab.name == here,
        }
        for tab in (tabs_of(membership) if membership else [])
    ]


@register.filter
def drawing(organisation):
    """The name of the sign and of the pattern, by the first field of activity."""
    first = next(iter(organisation.activity_fields.all()), None)
    return DRAWINGS.get(first.code, "people") if first else "people"


@register.inclusion_tag("components/row.html")
def directory_row(organisation):
    """One line of the directory: name, municipality and fields of activity, and what to know before opening it."""
    return {
        "title": organisation.name,
        "url": organisation.get_absolute_url(),
        "sign": drawing(organisation),
        "icon": "",
        "text": directory_line(organisation),
        "end": _("Open labour market") if organisation.is_open_labour_market else "",
        "end_tag": "",
    }


@register.simple_tag
def organisation_json_ld(organisation):
    """What search engines read of an organisation."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": organisation.street_address,
        "postalCode": organisation.postal_code,
        "addressLocality": organisation.post_office or organisation.municipality.name_fi,
        "addressCountry": "FI",
    }
    data = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": organisation.name,
        "url": settings.PUBLIC_URL + organisation.get_absolute_url(),
        "description": organisation.opening,
        "address": {name: value for name, value in address.items() if value},
    }
    text = json.dumps({name: value for name, value in data.items() if value}, ensure_ascii=False)
    # No angle bracket can end the element, whatever somebody typed.
    safe = text.translate({ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&"})
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(safe))


def activities(organisation):
    """The fields of activity in one line."""
    return ", ".join(field.name for field in organisation.activity_fields.all())


def directory_line(organisation):
    """Municipality and fields of activity: the line under the name in the directory."""
    return " · ".join(filter(None, [organisation.municipality.name, activities(organisation)]))
