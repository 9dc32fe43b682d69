"""What nobody should write into a search field: every page of the site and of the admin answers it, and soon."""

import gc
import time

import pytest
from django.urls import reverse

from tests.accounts.factories import UserFactory, sign_in
from tests.jobs.factories import JobPostingFactory

pytestmark = pytest.mark.django_db
# Of the process's own work: how long it waits for its turn says something about the machine only.
SECONDS = 0.3
TEXTS = {
    "quote": '"',
    "unbalanced quotes": '"siivous kahvila',
    "hundreds of phrases": " ".join(f'"a{at}"' for at in range(400)),
    "stars": "sii* *",
    "NUL": "sii\0vous",
    "control characters": "\x01\x02\x1f",
    "10,000 words": " ".join(f"sana{at}" for at in range(10_000)),
    "one long word": "x" * 10_000,
    "one long compound": "-".join(["lentokonesuihkuturbiinimoottori"] * 6),
    "C++": "C++",
    "dot": ".NET",
    "emoji": "🙂 👩‍👩‍👧",
    "Arabic": "عمل تنظيف",
    "Cyrillic": "работа уборщица",
    "Chinese": "清掃の仕事",
    "written from the right": "\u202esiivous",
    "signs upon signs": "a" + "\u0301" * 150,
    "other alphabets of the same letters": "ｓｉｉｖｏｏｊａ 𝓼𝓲𝓲 ﬁ ²",
    "dashes": "- -- -",
    "nothing but what is not wanted": '-siivous -"a b"',
    "stop words": "ja on se",
    "stop words as a phrase": '"ja on"',
    "SQL": "' OR 1=1 --",
    "the language of FTS5": "NEAR(a b) a:b ((",
    "the language of tsquery": "a & !b | c:* \\",
    "markup": "<script>alert(1)</script>",
}
BYTES = ["q=%ff%fe", "q=%00", "q=%ED%A0%80", "q=%C0%80", "q", "q[]=a", "q=%", "q=a&page=999999999", "q=a&page=-1"]
PUBLIC = ["/tyopaikat/", "/haku/", "/haku/ehdotukset/"]
ADMIN = [
    "wagtailadmin_pages:search",
    "wagtailadmin_choose_page_search",
    "wagtailimages:index",
    "wagtailimages_chooser:choose_results",
    "wagtaildocs:index",
    "wagtaildocs_chooser:choose_results",
]


@pytest.fixture
def ask(client):
    def answered(address, data=None):
        begun = time.process_time()
        answer = client.get(address, data)
        assert time.process_time() - begun < SECONDS
        return answer.status_code

    # A round through the objects that the whole suite has left is no work of the page's.
    gc.disable()
    yield answered
    gc.enable()


@pytest.fixture
def posting(db):
    return JobPostingFactory(title="Siivooja kerhotalolle")


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_answer_any_text(client, ask, posting, address, text):
    client.get(address, {"q": "siivous"})
    assert ask(address, {"q": text}) in {200, 400}
    assert ask(address, {"q": text, "tarkka": "1", "exact": "on"}) in {200, 400}


@pytest.mark.parametrize("address", PUBLIC)
def test_public_pages_answer_any_bytes(client, ask, posting, address):
    client.get(address, {"q": "siivous"})
    for query in BYTES:
        assert ask(f"{address}?{query}") in {200, 400, 404}


@pytest.mark.parametrize("name", ADMIN)
def test_admin_answers_any_text(client, ask, name):
    sign_in(client, UserFactory(superuser=True))
    client.get(reverse(name), {"q": "siivous"})
    for text in TEXTS.values():
        assert ask(reverse(name), {"q": text}) in {200, 400}
