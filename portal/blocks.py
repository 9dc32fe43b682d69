"""The blocks that editors build pages from. One class, one template of the same name, one preview."""

from collections import Counter

from django.core.exceptions import ValidationError
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


def anchor(heading):
    """The address of a heading within its page. It follows the words, so it stays when parts change places."""
    return f"osa-{slugify(heading) or slugify(heading, allow_unicode=True)}"


class HeadingBlock(blocks.CharBlock):
    """A second-level heading: it also becomes a line in the page's table of contents."""

    class Meta:
        template = "portal/blocks/heading_block.html"
        icon = "title"
        label = _("Heading")
        max_length = 90
        preview_value = "Ennen kuin aloitat"
        description = _("Begins a part of the page and names it in the table of contents.")

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "anchor": anchor(value)}


class TextBlock(blocks.RichTextBlock):
    class Meta:
        template = "portal/blocks/text_block.html"
        icon = "pilcrow"
        label = _("Text")
        preview_value = "<p>Sovi ensin, kuka neuvoo uutta työntekijää. Kerro siitä kaikille.</p>"
        description = _("Paragraphs and lists.")


class ChecklistBlock(blocks.StructBlock):
    """Things to tick, on the screen or on paper."""

    title = blocks.CharBlock(label=_("Title"), max_length=90)
    items = blocks.ListBlock(blocks.CharBlock(max_length=200), label=_("Items"), min_num=1)

    class Meta:
        template = "portal/blocks/checklist_block.html"
        icon = "tick"
        label = _("Checklist")
        preview_value = {
            "title": "Ensimmäinen työpäivä",
            "items": ["Avain ja työvaatteet ovat valmiina", "Työpari tietää, milloin uusi työntekijä tulee"],
        }
        description = _("Things to tick on paper. The reader can print the list alone.")

    def get_context(self, value, parent_context=None):
        return {**super().get_context(value, parent_context), "anchor": anchor(value["title"])}


class DefinitionBlock(blocks.StructBlock):
    term = blocks.CharBlock(label=_("Word"), max_length=80)
    meaning = blocks.TextBlock(label=_("Meaning"))

    class Meta:
        template = "portal/blocks/definition_block.html"
        icon = "openquote"
        label = _("Word and its meaning")
        preview_value = {"term": "Palkkatuki", "meaning": "Rahaa, jonka työllisyysalue maksaa työnantajalle."}


class DefinitionListBlock(blocks.StructBlock):
    definitions = blocks.ListBlock(DefinitionBlock(), label=_("Words"), min_num=1)

    class Meta:
        template = "portal/blocks/definition_list_block.html"
        icon = "list-ul"
        label = _("Words explained")
        preview_value = {
            "definitions": [
                {"term": "Työpari", "meaning": "Työkaveri, joka neuvoo sinua ensimmäiset viikot."},
                {"term": "Perehdytys", "meaning": "Uudelle työntekijälle näytetään työ, paikat ja ihmiset."},
            ],
        }
        description = _("Difficult words in easy ones.")


class CallOutBlock(blocks.StructBlock):
    """One thing that must not be missed, with the page or address where it can be done."""

    title = blocks.CharBlock(label=_("Title"), max_length=90)
    text = blocks.RichTextBlock(label=_("Text"), features=["bold", "link"])
    link_text = blocks.CharBlock(label=_("Link text"), max_length=80, required=False)
    link_page = blocks.PageChooserBlock(label=_("Page"), required=False)
    link_url = blocks.URLBlock(label=_("Address"), required=False)

    class Meta:
        template = "portal/blocks/call_out_block.html"
        icon = "warning"
        label = _("Call-out")
        preview_value = {
            "title": "Hae palkkatukea ajoissa",
            "text": "<p>Päätös tarvitaan ennen kuin työ alkaa.</p>",
            "link_text": "Kysy palkkatuesta",
            "link_url": "https://example.org/",
        }
        description = _("One thing that must not be missed, with a link.")

    def clean(self, value):
        value = super().clean(value)
        targets = [bool(value.get("link_page")), bool(value.get("link_url"))]
        if all(targets):
            raise blocks.StructBlockValidationError(
                {"link_url": ValidationError(_("Choose a page or write an address, not both."))}
            )
        if any(targets) and not value.get("link_text"):
            raise blocks.StructBlockValidationError({"link_text": ValidationError(_("Write what the link opens."))})
        return value


class PictureBlock(blocks.StructBlock):
    image = ImageChooserBlock(label=_("Picture"))
    alternative_text = blocks.CharBlock(
        label=_("What the picture shows"),
        max_length=200,
        help_text=_("Read aloud to those who do not see the picture."),
    )
    caption = blocks.CharBlock(label=_("Caption"), max_length=200, required=False)

    class Meta:
        template = "portal/blocks/picture_block.html"
        icon = "image"
        label = _("Picture")
        preview_value = {"alternative_text": "Kaksi ihmistä kattaa pöytää", "caption": "Pöytä katetaan yhdessä."}
        description = _("A picture with words for those who do not see it.")


class FileBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Link text"), max_length=120)

    class Meta:
        template = "portal/blocks/file_block.html"
        icon = "doc-full"
        label = _("File")
        preview_value = {"title": "Perehdytyksen muistilista"}
        description = _("A document to open, with its type and size.")


class ContentBlock(blocks.StreamBlock):
    """What guides and information pages may hold."""

    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    checklist = ChecklistBlock()
    definitions = DefinitionListBlock()
    call_out = CallOutBlock()
    picture = PictureBlock()
    file = FileBlock()

    class Meta:
        template = "portal/blocks/content_block.html"

    def clean(self, value):
        """Two parts with one name would have one address: a link could not tell them apart."""
        value = super().clean(value)
        names = {number: name for number, child in enumerate(value) if (name := part_name(child))}
        times = Counter(anchor(name) for name in names.values())
        repeated = {
            number: ValidationError(_("This heading is already on the page. Write another one."))
            for number, name in names.items()
            if times[anchor(name)] > 1
        }
        if repeated:
            raise blocks.StreamBlockValidationError(block_errors=repeated)
        return value


def part_name(child):
    """The heading that this child of a page's content gives the page, or nothing."""
    if child.block_type == "heading":
        return child.value
    return child.value["title"] if child.block_type == "checklist" else ""


def parts(content):
    """The parts of a page's content, in order, with their addresses: its table of contents."""
    names = [name for child in content if (name := part_name(child))]
    return [{"title": name, "url": f"#{anchor(name)}"} for name in names]
