import re
from io import BytesIO

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.urls import reverse
from PIL import Image as PillowImage
from wagtail import blocks
from wagtail.documents.models import Document
from wagtail.images.models import Image

from portal.blocks import ContentBlock, DefinitionBlock, anchor, parts
from tests.accounts.factories import UserFactory, sign_in
from tests.plugins.pages import findings_in

CONTENT = ContentBlock()
BLOCKS = {**CONTENT.child_blocks, "definition": DefinitionBlock(), "content": CONTENT}


def block(name):
    return CONTENT.child_blocks[name]


def rendered(name, value):
    return block(name).render(block(name).to_python(value))


@pytest.mark.parametrize("name", BLOCKS)
def test_block_has_a_template_of_its_own_name(name):
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", type(BLOCKS[name]).__name__).lower()
    assert BLOCKS[name].meta.template == f"portal/blocks/{words}.html"


@pytest.mark.parametrize("name", CONTENT.child_blocks)
def test_block_has_a_preview_and_a_description(name):
    assert block(name).is_previewable
    assert block(name).get_description()
    html = block(name).render(block(name).normalize(block(name).get_preview_value()))
    assert not findings_in(html)
    assert html.strip()


@pytest.mark.django_db
@pytest.mark.parametrize("name", CONTENT.child_blocks)
def test_preview_page_shows_the_block_in_our_style(client, name):
    sign_in(client, UserFactory(superuser=True))
    response = client.get(reverse("wagtailadmin_block_preview"), {"id": block(name).definition_prefix})
    assert response.status_code == 200
    assert "portal/css/build/site.css" in response.content.decode()
    assert not findings_in(response.content.decode())


def content(*children):
    return CONTENT.to_python([{"type": name, "value": value} for name, value in children])


def test_anchor_follows_the_words_and_keeps_other_alphabets():
    assert anchor("Hae palkkatukea ajoissa!") == "osa-hae-palkkatukea-ajoissa"
    assert anchor("Як шукати роботу") == "osa-як-шукати-роботу"


def test_parts_are_headings_and_checklists_in_order():
    checklist = {"title": "Ensimmäinen päivä", "items": ["Avain"]}
    assert parts(content(("heading", "Alku"), ("text", "<p>…</p>"), ("checklist", checklist))) == [
        {"title": "Alku", "url": "#osa-alku"},
        {"title": "Ensimmäinen päivä", "url": "#osa-ensimmainen-paiva"},
    ]


def test_two_parts_with_one_name_are_refused_beside_both():
    with pytest.raises(blocks.StreamBlockValidationError) as refusal:
        CONTENT.clean(content(("heading", "Alku"), ("text", "<p>Teksti</p>"), ("heading", "alku!")))
    assert set(refusal.value.block_errors) == {0, 2}


@pytest.mark.parametrize(
    ("link", "field"),
    [
        ({"link_text": "Lue", "link_url": "https://example.org/", "link_page": object()}, "link_url"),
        ({"link_url": "https://example.org/"}, "link_text"),
    ],
)
def test_call_out_link_needs_words_and_one_target(link, field, monkeypatch):
    call_out = block("call_out")
    value = {"title": "Muista", "text": "<p>Tämä</p>", "link_text": "", "link_url": "", "link_page": None, **link}
    monkeypatch.setattr(blocks.StructBlock, "clean", lambda _block, _value: value)
    with pytest.raises(blocks.StructBlockValidationError) as refusal:
        call_out.clean(value)
    assert isinstance(refusal.value.block_errors[field], ValidationError)


def test_text_is_escaped_where_it_is_not_rich():
    html = rendered("checklist", {"title": "<b>Lista</b>", "items": ["<script>alert(1)</script>"]})
    assert "<script>" not in html
    assert "&lt;b&gt;Lista" in html


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.django_db
def test_picture_has_words_and_small_formats(media):
    drawing = BytesIO()
    PillowImage.new("RGB", (1600, 900), "green").save(drawing, "JPEG")
    drawing.seek(0)
    image = Image.objects.create(title="x", file=ImageFile(drawing, name="kuva.jpg"))
    html = rendered("picture", {"image": image.pk, "alternative_text": "Pöytä", "caption": "Lounas"})
    assert 'alt="Pöytä"' in html
    assert 'type="image/webp"' in html
    assert 'loading="lazy"' in html
    assert "Lounas" in html


@pytest.mark.django_db
def test_file_says_its_type_and_size(media):
    document = Document.objects.create(title="x", file=ContentFile(b"x" * 123_456, name="lista.pdf"))
    html = rendered("file", {"document": document.pk, "title": "Muistilista"})
    assert "Muistilista" in html
    assert "(PDF, " in html
    assert "120" in html


@pytest.mark.django_db
def test_file_that_is_gone_leaves_no_link():
    html = rendered("file", {"document": None, "title": "Muistilista"})
    assert "Muistilista" in html
    assert "<a " not in html
