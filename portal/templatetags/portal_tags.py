"""What every template of the site may load: icons, stitched signs, form controls, dates and spaces."""

import re

from django import template
from django.forms import CheckboxInput, CheckboxSelectMultiple, RadioSelect
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from portal import slots
from portal.forms import ThreeBoxDateWidget

register = template.Library()

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WORD_JOINER = "\N{WORD JOINER}"
# Words of headings that are longer than the narrowest window, with the place where they may break.
LONG_WORDS = ("Tillgänglighets-utlåtande", "Dataskydds-beskrivning")
# Closing within these days is said in days and in berry.
LAST_DAYS = 7
# Numbers get a box of their own length: an amount, a code.
WIDTHS = {"decimal": "s", "numeric": "m"}


@register.simple_tag
def icon(name, *, small=False, turns=False):
    """A line icon from the sprite. It stands beside a word; `turns` mirrors it where text runs from right to left."""
    classes = "icon" + (" icon--turns" if turns else "") + (" icon--s" if small else "")
    return _drawing(classes, "icons", name)


@register.simple_tag(takes_context=True)
def slot(context, place, *things):
    """What the floors above show in this place, for these things; nothing when nobody fills it."""
    return mark_safe("\n".join(slots.render(place, context.flatten(), *things)))


@register.simple_tag
def sign(name, *, large=False):
    """The stitched sign of a task field, at 22 or 44 pixels so that a stitch is a whole pixel."""
    return _drawing("sign sign--l" if large else "sign", "signs", name)


def _drawing(classes, sprite, name):
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        classes,
        static(f"portal/svg/{sprite}.svg"),
        name,
    )


@register.simple_tag
def pattern(name):
    """The pattern of a task field, where there is no picture."""
    return format_html('<img class="pattern" src="{}" alt="">', static(f"portal/svg/pattern-{name}.svg"))


# Text


@register.filter
def unbroken(text):
    """Keeps a number with its unit and both ends of a range on one line: "20 tuntia", "klo 8–12", "ma–pe"."""
    text = re.sub(r"(?<=\d) (?=[^\W\d]|[€%])|(?<=\bklo) (?=\d)|(?<=\bkl\.) (?=\d)", NO_BREAK_SPACE, str(text))
    return re.sub(r"–(?=\S)", f"–{WORD_JOINER}", text)


@register.filter
def breakable(title):
    """A heading whose long words break between their parts, not in the middle of one."""
    for word in LONG_WORDS:
        title = title.replace(word.replace("-", ""), word.replace("-", "\N{SOFT HYPHEN}"))
    return title


@register.filter
def in_own_words(text, language):
    """What an association wrote, marked with its language where the page has another one."""
    text = unbroken(text)
    if not text or language in {"", get_language()}:
        return text
    return format_html('<span lang="{}">{}</span>', language, text)


def filled(sentence, **words):
    """A sentence of ours, "Edit: %(title)s", around words that are marked with their language."""
    return mark_safe(conditional_escape(sentence) % {name: conditional_escape(text) for name, text in words.items()})


@register.filter
def grouped(number):
    """A count for people: 12 345 with a no-break space. Keys in addresses and forms stay as they are."""
    return number_format(number, force_grouping=True)


@register.filter
def days_until(moment):
    """Whole days from today to that day in Helsinki; 0 is today, negative is past."""
    return (_local_date(moment) - timezone.localdate()).days


@register.filter
def days_left(moment):
    """ "2 days left", "last day", or nothing once the day is past."""
    days = days_until(moment)
    if days < 0:
        return ""
    if days == 0:
        return _("last day today")
    return ngettext("%(count)s day left", "%(count)s days left", days).replace(" ", NO_BREAK_SPACE, 1) % {"count": days}


@register.filter
def closes_soon(moment):
    return 0 <= days_until(moment) <= LAST_DAYS


def _local_date(moment):
    return timezone.localtime(moment).date() if hasattr(moment, "tzinfo") else moment


@register.filter
def dialled(phone):
    """A phone number as a link wants it: digits, and the plus sign in front."""
    return re.sub(r"(?!^\+)\D", "", str(phone).strip())


# Lists


@register.filter
def page_numbers(page):
    """The numbers to show around this page; None stands for a gap."""
    numbers = page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return [number if isinstance(number, int) else None for number in numbers]


SHORT_GROUP, SHOWN_AT_FIRST = 8, 6


@register.filter
def in_two_parts(options):
    """A long group of limits: what is shown at first, and what unfolds. Those without a hit are never first."""
    if len(options) <= SHORT_GROUP:
        return {"first": options, "rest": []}
    hits = [option for option in options if option["count"] or option["chosen"]] or options
    first = hits[:SHOWN_AT_FIRST]
    return {"first": first, "rest": [option for option in options if option not in first]}


@register.filter
def has_chosen(options):
    """Whether any of these choices is chosen."""
    return any(option["chosen"] for option in options)


@register.simple_tag(takes_context=True)
def page_address(context, number):
    """The present address with another page number; the first page needs none."""
    query = context.request.GET.copy()
    query.pop("page", None)
    if number > 1:
        query["page"] = number
    return f"?{query.urlencode()}" if query else context.request.path


# Forms


@register.filter
def component_for(field):
    """The component that draws this form field."""
    widget = field.field.widget
    if isinstance(widget, ThreeBoxDateWidget):
        return "components/date_field.html"
    if isinstance(widget, RadioSelect | CheckboxSelectMultiple):
        return "components/choices.html"
    if isinstance(widget, CheckboxInput):
        return "components/checkbox.html"
    return "components/field.html"


@register.filter
def drawn_fields(form):
    """The visible fields with the date that belongs to one of their choices: `inset_dates` of the form names it."""
    inset = getattr(form, "inset_dates", {})
    return [
        (field, form[inset[field.name]] if field.name in inset else None)
        for field in form.visible_fields()
        if field.name not in inset.values()
    ]


@register.simple_tag
def control(field, *, width="", described_by=""):
    """The form field's own control, with our class and joined to its hint, error and unit."""
    given = field.field.widget.attrs.get("class", "")
    kind = "decimal" if field.widget_type == "number" else field.field.widget.attrs.get("inputmode")
    width = width or WIDTHS.get(kind, "")
    attrs = {"class": " ".join(filter(None, ["control", f"control--{width}" if width else "", given]))}
    if described_by:
        attrs["aria-describedby"] = " ".join(filter(None, [field.aria_describedby, described_by]))
    return field.as_widget(attrs=attrs)


@register.filter
def target(field):
    """The id of the control that a link to this form field should focus."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.simple_tag
def form_errors(*forms):
    """Their errors in the order of the page: pairs of text and the id of its control, empty for the whole form.

    A form whose `row_forms` are rows of a list has their errors too, each with the `name` of its row.
    """
    errors = []
    for form in forms:
        if form is None or not form.is_bound:
            continue
        errors += [(error, "") for error in form.non_field_errors()]
        for row in getattr(form, "row_forms", []):
            errors += [(f"{row.name}: {error}", id_) for error, id_ in _field_errors(row)]
        errors += _field_errors(form)
    return errors


def _field_errors(form):
    return [(error, "" if field.is_hidden else target(field)) for field in form for error in field.errors]
