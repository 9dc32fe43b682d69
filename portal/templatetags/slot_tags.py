from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString, mark_safe

from portal import slots

register = template.Library()


@register.simple_tag(takes_context=True)
def slot(context: Context, name: str, *args: Any) -> SafeString:
    """What the apps above show in this place, in order: {% slot "posting.desk" posting %}. Nothing if none does."""
    return mark_safe("\n".join(slots.render(name, context["request"], *args)))
