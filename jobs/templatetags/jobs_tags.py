"""What other apps' templates show of jobs, without knowing more of them than these tags."""

import json

import segno
from django import template
from django.conf import settings
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from jobs import answers, desk, facts, inbox, json_ld
from jobs.enums import Order
from jobs.finding import Filters, by_task_field, find
from jobs.forms.search import QuickSearchForm
from jobs.models import JobPosting
from jobs.places import distance
from portal.templatetags.portal_tags import in_own_words

register = template.Library()


@register.filter
def own_title(posting):
    """The posting's name, marked with its language where the page has another one."""
    return desk.own_title(posting)


@register.inclusion_tag("jobs/includes/posting_card.html", takes_context=True)
def posting_card(context, posting, level=2, narrow=False):
    """The only card of a posting anywhere. `level` is its heading's; `narrow` fits a side column."""
    found = context.get("found")
    place = getattr(context.get("search_form"), "place", None)
    return {
        "posting": posting,
        "query": found.query if found else None,
        "facts": facts.card_facts(posting, kilometres=distance(place, posting.municipality) if place else None),
        "marks": facts.marks(posting),
        "plain_marks": facts.plain_marks(posting),
        "level": level,
        "narrow": narrow,
        "is_saved": str(posting.pk) in context.get("saved_keys", []),
        "save_url": reverse("jobs:posting_save"),
    }


@register.simple_tag
def open_jobs(newest=4):
    """The open jobs at a glance, by one search: `total`, the `newest` postings, and `fields` as rows with counts."""
    found = find(Filters(), order=Order.NEWEST, limit=newest, with_counts=True)
    address = reverse("jobs:posting_list")
    fields = [
        {"title": field.name, "url": f"{address}?ala={field.code}", "sign": field.sign, "count": count}
        for field, count in by_task_field(found.facets)
    ]
    return {"total": found.total, "newest": found.objects, "fields": fields}


@register.simple_tag
def quick_search_form():
    """The portal's question as a form: which work, where."""
    return QuickSearchForm()


@register.simple_tag
def organisation_postings(organisation):
    """The open postings of an organisation, closing soonest first."""
    return JobPosting.objects.open().for_organisation(organisation).for_listing().order_by("application_deadline", "pk")


@register.inclusion_tag("components/row.html")
def similar_row(posting):
    """One line for a posting that is like the one being read."""
    return {
        "title": in_own_words(posting.title, posting.language),
        "url": posting.get_absolute_url(),
        "text": ", ".join([posting.organisation.name, facts.place(posting)]),
        "end": facts.hours(posting),
        "sign": "",
        "icon": "",
        "end_tag": "",
    }


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
    drawing = segno.make(request.build_absolute_uri(posting.get_absolute_url()), micro=False)
    return mark_safe(
        drawing.svg_inline(
            scale=4, border=2, svgclass="qr", lineclass=None, omitsize=True, title=_("Address of the posting")
        )
    )


# The organisation's desk


@register.simple_tag
def desk_columns():
    """The columns of the table of postings."""
    titles = [_("Job"), _("State"), _("Time to apply"), _("Applications"), _("Views"), _("Action")]
    numbers = {titles[3], titles[4]}
    return [{"title": title, "number": title in numbers, "hidden": title == titles[5]} for title in titles]


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
    return answers.label_of(name)


@register.inclusion_tag("jobs/desk/today.html")
def desk_today(organisation):
    """What waits for the organisation today, its postings, and its newest applications."""
    return desk.today_page(organisation) | {"applications": inbox.newest_for(organisation)}
