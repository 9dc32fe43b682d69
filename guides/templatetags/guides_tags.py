"""What other apps' templates show of guides, and how lists tell the language of a page."""

from django import template

from guides.enums import WRITTEN_IN

register = template.Library()


@register.filter
def written_in(code):
    """ "in Finnish": the language of a page, said in the reader's own."""
    return WRITTEN_IN.get(code, code)
