"""What templates show of postings, without knowing more of them than these tags."""

import json

from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from jobs.postings import desk, json_ld, presentation, snapshot
from portal.furniture.links import qr_svg

register = template.Library()


@register.filter
def own_title(posting):
    """The posting's name, marked with its language where the page has another one."""
    return desk.own_title(posting)


@register.inclusion_tag("jobs/postings/includes/posting_card.html", takes_context=True)
def posting_card(context, posting, level=2, narrow=False):
    """The only card of a posting anywhere. `level` is its heading's; `narrow` fits a side column.

    A list gives its `query`, whose words are marked, and the reader's `place`, from which the way is counted.
    """
    place, way = context.get("place"), None
    if place and posting.municipality:
        way = place.kilometres_to(posting.municipality)
    card = presentation.Card.of(posting, kilometres=way, query=context.get("query"), level=level, is_narrow=narrow)
    return {"card": card, "request": context.get("request"), "saved_keys": context.get("saved_keys", ())}


@register.simple_tag
def posting_json_ld(posting):
    """Structured data for search engines, only while anyone may apply."""
    data = json_ld.job_posting(posting, settings.PUBLIC_URL)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(_script_safe(data)))


def _script_safe(data):
    return json.dumps(data, ensure_ascii=False).translate(
        {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
    )


@register.simple_tag
def qr_code(request, posting):
    """The posting's address as a picture for a phone's camera."""
    return qr_svg(request.build_absolute_uri(posting.get_absolute_url()), label=_("Address of the posting"))


@register.simple_tag
def desk_columns():
    """The columns of the table of postings."""
    return desk.columns()


@register.simple_tag
def approved_title(posting):
    """Ends the subject of a mail: the title that a moderator has approved, or nothing."""
    title = posting.approved_title
    return f": {title}" if title else ""


@register.inclusion_tag("components/tag.html")
def desk_state_tag(posting):
    return {"text": desk.state(posting), "tone": desk.tone(posting), "check": False, "urgent": False}


@register.simple_tag
def desk_state_words(posting):
    """One sentence on what the state means for the organisation."""
    return desk.state_words(posting)


@register.simple_tag
def answer_label(name):
    """What an answer of a posting is called."""
    return snapshot.label_of(name)
