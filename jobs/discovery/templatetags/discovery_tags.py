"""What templates show of jobs that were found."""

from django import template

from jobs.postings import presentation
from portal.templatetags.portal_tags import in_own_words

register = template.Library()


@register.inclusion_tag("components/row.html")
def similar_row(posting):
    """One line for a posting that is like the one being read."""
    return {
        "title": in_own_words(posting.title, posting.language),
        "url": posting.get_absolute_url(),
        "text": ", ".join([posting.organisation.name, presentation.place(posting)]),
        "end": presentation.hours(posting),
        "sign": "",
        "icon": "",
    }
