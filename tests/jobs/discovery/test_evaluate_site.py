"""The measure of everyday searches, on a collection so small that its figures are computed by hand."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.jobs.factories import JobPostingFactory

pytestmark = pytest.mark.django_db
QUERIES = """\
q1	work	some	leipoja
q2	work	some	apuri
q3	spoken	some	qqqqqqqq
q4	absent	none	apuri
q5	absent	none	qqqqqqqq
q6	absent	none	leipoia
"""
QRELS = """\
q1	Leipoja	1
q1	Apuri	3
q2	Apuri	2
q3	Leipoja	3
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "queries.tsv").write_text(QUERIES)
    (tmp_path / "qrels.tsv").write_text(QRELS)
    return tmp_path


@pytest.fixture
def postings():
    """For "leipoja" the list is Leipoja, Toinen leipoja and Apuri in one order or another, Apuri last."""
    JobPostingFactory(title="Leipoja", description="Leivot pullaa.")
    JobPostingFactory(title="Toinen leipoja", description="Leivot piirakoita. Tätä ei ole kukaan arvioinut.")
    JobPostingFactory(title="Apuri", description="Autat, kun leipoja pyytää.")


@pytest.fixture
def figures(postings, folder, capsys):
    call_command("evaluate_site", str(folder), "--json")
    return json.loads(capsys.readouterr().out)


def test_figures_are_those_computed_by_hand(figures):
    # q1: what nobody judged is dropped, so Leipoja (1), Apuri (3): 1 + 7 / log2(3) = 5.4165 of the best order's
    #     7 + 1 / log2(3) = 7.6309, which is .7098; its first hit is only related. q2: 1, and good. q3: nothing, 0.
    assert figures["ndcg_at_5"] == 0.5699  # (.7098 + 1 + 0) / 3
    assert figures["good_first"] == 0.3333
    assert figures["nothing_found"] == 0.3333
    # q4 claims Apuri, q5 finds nothing, and of q6 the page says that "leipoja" was looked for instead.
    assert figures["false_answers"] == 0.3333
    assert figures["queries"] == 6


def test_figures_of_a_type_are_its_own(figures):
    assert set(figures["by_type"]) == {"absent", "spoken", "work"}
    work, absent = figures["by_type"]["work"], figures["by_type"]["absent"]
    assert (work["ndcg_at_5"], work["good_first"], work["nothing_found"]) == (0.8549, 0.5, 0)
    assert (work["false_answers"], work["queries"]) == (None, 2)
    assert (absent["ndcg_at_5"], absent["good_first"], absent["false_answers"]) == (None, None, 0.3333)


def test_worst_come_first_and_the_perfect_are_not_named(figures):
    assert [(query["id"], query["score"]) for query in figures["worst"]] == [("q3", 0), ("q4", 0), ("q1", 0.7098)]
    assert figures["worst"][1] == {"id": "q4", "type": "absent", "text": "apuri", "score": 0}


def test_figures_are_printed_for_people(postings, folder, capsys):
    call_command("evaluate_site", str(folder))
    printed = capsys.readouterr().out
    assert "false answers" in printed
    assert printed.count("–") == 5  # what a type has no query for


def test_site_without_any_judged_posting_says_so(folder):
    with pytest.raises(CommandError, match="seed"):
        call_command("evaluate_site", str(folder))


@pytest.mark.parametrize(
    ("queries", "said"), [("q1\twork\tleipoja\n", "q1"), ("", "queries.tsv")], ids=["a column less", "no file"]
)
def test_folder_of_something_else_is_refused(tmp_path, queries, said):
    (tmp_path / "qrels.tsv").write_text(QRELS)
    if queries:
        (tmp_path / "queries.tsv").write_text(queries)
    with pytest.raises(CommandError, match=said):
        call_command("evaluate_site", str(tmp_path))
