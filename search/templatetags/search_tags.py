from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

from search.site.highlights import excerpt, highlight

register = template.Library()


@register.filter
def marked(pieces):
    """Pieces of a text with those that answer the query in <mark>."""
    return format_html_join("", "{}{}{}", ((_mark("<mark>", on), piece, _mark("</mark>", on)) for piece, on in pieces))


def _mark(tag, on):
    return mark_safe(tag) if on else ""


@register.simple_tag
def highlighted(text, query, language="fi"):
    """The text with the words that answer the query marked; `query` is what `search()` gives with its answer."""
    return marked(highlight(str(text or ""), query, language)) if query else str(text or "")


@register.simple_tag
def excerpted(text, query, language="fi"):
    """The part of the text that answers the query best, its words marked."""
    return marked(excerpt(str(text or ""), query, language)) if query else ""
