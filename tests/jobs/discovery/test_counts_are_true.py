"""What a number on the list promises is what comes, whatever is searched for and limited to."""

import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import cycle

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, Phase, assume, example, given, settings
from hypothesis import strategies as st

from jobs.discovery.enums import Extra, HoursBand, Order
from jobs.discovery.places import Place
from jobs.discovery.search import Filters, search
from jobs.postings.enums import Demand
from organisations.installation import FOLDER, rows
from organisations.installation import set_up as set_up_region
from organisations.models import Municipality, TaskField
from search.analysis.folding import words
from tests.jobs.factories import JobPostingFactory
from tests.organisations.factories import OrganisationFactory
from tests.plugins import ROOT

pytestmark = pytest.mark.django_db
PAGE = 11

DEMONSTRATION = ROOT / "jobs/postings/demonstration/postings"
BOOKS = {path.stem: tomllib.loads(path.read_text())["posting"] for path in sorted(DEMONSTRATION.glob("*.toml"))}
POSTINGS = [(field, posting) for field, postings in BOOKS.items() for posting in postings[:4]]
TEXTS = [
    " ".join([posting["title"], *(task[0] for task in posting["tasks"]), posting["text"]])
    for _field, posting in POSTINGS
]
TOWNS = {row["code"]: (row["name_fi"], row["name_sv"]) for row in rows(FOLDER / "municipalities.csv")}
CHOICES = {
    "municipalities": sorted(TOWNS),
    "task_fields": sorted(BOOKS),
    "hours": HoursBand.values,
    "without": Demand.values,
    "extras": Extra.values,
}


@pytest.fixture
def jobs(db):
    """The demonstration's jobs over six towns; hours, demands, offers and days go round, each at a pace of its own."""
    set_up_region()
    fields, organisation = {field.code: field for field in TaskField.objects.all()}, OrganisationFactory()
    towns = cycle(Municipality.objects.order_by("code")[:6])
    now = timezone.now()
    for at, (field, posting) in enumerate(POSTINGS):
        JobPostingFactory(
            organisation=organisation,
            title=posting["title"],
            description=posting["text"],
            tasks=[task[0] for task in posting["tasks"]],
            task_field=fields[field],
            municipality=next(towns),
            hours_min=10 + at % 5,
            hours_max=10 + at % 5 + at % 4 * 6,
            firm_demands=at * 37 % 4096,
            is_subsidy_possible=at % 2 == 0,
            is_tailored=at % 3 == 0,
            easy_text=posting.get("easy", "") if at % 4 else "",
            published_at=now - timedelta(days=at % 15),
            application_deadline=timezone.localdate() + timedelta(days=at % 11),
        )


@dataclass(frozen=True)
class Search:
    """One search of a reader: the words, the limits, and whether the words are looked for as written."""

    text: str
    filters: Filters
    literal: bool

    def answer(self, **wishes):
        return search(self.filters, self.text, literal=self.literal, **wishes)

    def limited(self, group, value):
        chosen = (*getattr(self.filters, group), value)
        return replace(self, filters=replace(self.filters, **{group: chosen}))

    def pages(self, order):
        """The keys of every page, in order, and the last answer."""
        answer, keys = self.answer(order=order, limit=PAGE), []
        while answer.pks:
            assert [posting.pk for posting in answer.objects] == answer.pks
            keys += answer.pks
            answer = self.answer(order=order, offset=len(keys), limit=PAGE)
        return keys, answer


@st.composite
def misspelt(draw, written):
    """A word without a letter, with two letters changed about, or with a wrong one."""
    word = draw(written)
    at = draw(st.integers(0, max(len(word) - 2, 0)))
    slips = [word[:at] + word[at + 1 :], word[:at] + word[at : at + 2][::-1] + word[at + 2 :]]
    return draw(st.sampled_from([*slips, word[:at] + "x" + word[at + 1 :]]))


@st.composite
def phrases(draw):
    """Two or three words that stand one after another in a text."""
    text = words(draw(st.sampled_from(TEXTS)))
    at = draw(st.integers(0, len(text) - 3))
    return f'"{" ".join(text[at : at + draw(st.integers(2, 3))])}"'


WORDS = {word for text in TEXTS for word in words(text) if len(word) > 4}
# Words that many texts hold in some form: what is true of many answers need not be of few.
BEGINNINGS = Counter(beginning for text in TEXTS for beginning in {word[:5] for word in words(text)})
WRITTEN = st.sampled_from(sorted(WORDS))
USUAL = st.sampled_from(sorted(word for word in WORDS if BEGINNINGS[word[:5]] >= 8))
PLACES = st.sampled_from(sorted({name for names in TOWNS.values() for name in names} | {"Joensuussa", "Kiteeltä"}))
EXCLUDED = WRITTEN.map(lambda word: f"-{word}")
SAID = st.one_of(USUAL, WRITTEN, misspelt(WRITTEN), phrases(), PLACES, EXCLUDED)
TEXT = st.one_of(USUAL, SAID, st.lists(SAID, max_size=3).map(" ".join))
CIRCLES = [Place("Joensuu", 62.601, 29.763).within(30), Place("Kitee", 62.098, 30.138).within(80)]
FILTERS = st.builds(
    Filters,
    near=st.sampled_from([None, *CIRCLES]),
    **{
        group: st.lists(st.sampled_from(values), max_size=2, unique=True).map(tuple)
        for group, values in CHOICES.items()
    },
)
# Most searches have no limits or few of them: with many there is nothing left to count.
FEW_FILTERS = st.one_of(
    st.just(Filters()),
    FILTERS,
    st.sampled_from(sorted(CHOICES)).flatmap(
        lambda group: st.sampled_from(CHOICES[group]).map(lambda value: Filters(**{group: (value,)}))
    ),
)
SEARCHES = st.builds(Search, TEXT, FEW_FILTERS, st.booleans())
A_CHOICE = st.sampled_from([(group, value) for group, values in CHOICES.items() for value in values])


def searched(most):
    """So many searches, the same ones in every run: a failure is a failure for everybody."""
    return settings(
        max_examples=most,
        deadline=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


def is_new(searching, group, value):
    """Whether choosing it narrows: a second choice of a group that widens does not."""
    chosen = getattr(searching.filters, group)
    return value not in chosen and not (chosen and group in Filters.WIDENING)


# Twelve of the texts hold this word and many more a part of it; under a limit the parts count too.
WITH_PARTS = Search("siivous", Filters(), literal=False)


@searched(150)
@given(SEARCHES, A_CHOICE)
@example(WITH_PARTS, ("hours", "16-20"))
@example(replace(WITH_PARTS, literal=True), ("without", "INITIATIVE"))
@example(replace(WITH_PARTS, text="tarvitaan"), ("extras", "palkkatuki"))
def test_a_limit_never_adds_hits(jobs, searching, choice):
    assume(is_new(searching, *choice))
    assert searching.limited(*choice).answer().total <= searching.answer().total


@searched(100)
@given(SEARCHES, st.sampled_from(CIRCLES))
@example(WITH_PARTS, CIRCLES[1])
def test_a_circle_never_adds_hits(jobs, searching, circle):
    everywhere = replace(searching, filters=replace(searching.filters, near=None))
    nearby = replace(searching, filters=replace(searching.filters, near=circle))
    assert nearby.answer().total <= everywhere.answer().total


@searched(150)
@given(SEARCHES, A_CHOICE)
@example(WITH_PARTS, ("municipalities", "090"))
@example(replace(WITH_PARTS, literal=True), ("task_fields", "culture"))
def test_the_number_beside_a_choice_is_the_number_that_comes(jobs, searching, choice):
    assume(is_new(searching, *choice))
    group, value = choice
    promised = searching.answer(with_counts=True).facets[group].get(value, 0)
    assert searching.limited(group, value).answer().total == promised


@searched(60)
@given(SEARCHES, st.sampled_from(Order))
def test_the_pages_hold_what_the_total_says(jobs, searching, order):
    """The first `total` of a list are the answers, whatever its order; after them come those that resemble."""
    keys, answer = searching.pages(order)
    assert len(keys) == answer.listed == len(set(keys))
    answers, _last = searching.pages(Order.CLOSING)
    assert set(keys[: answer.total]) == set(answers[: answer.total])
    assert len(answers) >= answer.total


@searched(100)
@given(SEARCHES, st.randoms(use_true_random=False))
def test_the_order_of_limits_changes_nothing(jobs, searching, chance):
    shuffled = {name: list(getattr(searching.filters, name)) for name in Filters.GROUPS}
    for values in shuffled.values():
        chance.shuffle(values)
    filters = replace(searching.filters, **{name: tuple(values) for name, values in shuffled.items()})
    assert replace(searching, filters=filters).answer(with_counts=True) == searching.answer(with_counts=True)
