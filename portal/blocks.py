"""The blocks that editors build pages from. One class, one template of the same name, one preview."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT_FEATURES = ["bold", "ol", "ul", "link", "document-link"]


class HeadingBlock(blocks.CharBlock):
    """A second-level heading: it also becomes a line in the page's table of contents."""

    class Meta:
        template = "portal/blocks/heading_block.html"
        icon = "title"
        label = _("Heading")
        max_length = 90
        preview_value = "Ennen kuin aloitat"


class TextBlock(blocks.RichTextBlock):
    class Meta:
        template = "portal/blocks/text_block.html"
        icon = "pilcrow"
        label = _("Text")
        preview_value = "<p>Sovi ensin, kuka neuvoo uutta työntekijää. Kerro siitä kaikille.</p>"


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
            "definitions": [{"term": "Työpari", "meaning": "Työkaveri, joka neuvoo sinua ensimmäiset viikot."}],
        }


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
        }

    def clean(self, value):
        value = super().clean(value)
        targets = [bool(value.get("link_page")), bool(value.get("link_url"))]
        if all(targets):
            raise blocks.StructBlockValidationError(
                {"link_url": ValidationError(_("Choose a page or write an address, not both."))}
            )
        if any(targets) and not value.get("link_text"):
            raise blocks.StructBlockValidationError(
                {"link_text": ValidationError(_("Write what the link opens."))}
            )
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
        preview_value = {"alternative_text": "Kaksi ihmistä kattaa pöytää", "caption": "Kuvateksti"}


class FileBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("File"))
    title = blocks.CharBlock(label=_("Link text"), max_length=120)

    class Meta:
        template = "portal/blocks/file_block.html"
        icon = "doc-full"
        label = _("File")
        preview_value = {"title": "Perehdytyksen muistilista"}


class ContentBlock(blocks.StreamBlock):
    """What guides and information pages may hold."""

    heading = HeadingBlock()
    text = TextBlock(features=TEXT_FEATURES)
    checklist = ChecklistBlock()
    definitions = DefinitionListBlock()
    call_out = CallOutBlock()
    picture = PictureBlock()
    file = FileBlock()
