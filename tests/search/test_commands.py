"""Measuring, rebuilding, checking and reconciling, as they are run by hand and by the clock."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page

from search.checks import index_is_read_as_it_was_written
from search.index import descriptions
from search.index.descriptions import SearchDocument
from search.index.reconciling import drift_of, reconcile
from search.index.updating import index_objects
from search.models import SearchIndex
from search.searching import search

pytestmark = pytest.mark.django_db
KIND = "wagtailcore.page"
MEASURES = {"ndcg_at_10", "mrr_at_10", "recall_at_100", "zero_hits", "queries"}


@pytest.fixture
def collection(tmp_path):
    (tmp_path / "docs.tsv").write_text("d1\tSiivoojan työ\nd2\tKeittiön historia\nd3\tMetsien hoito\n")
    (tmp_path / "queries.tsv").write_text("q1\tpref\tsiivoojat\nq2\ttypo\tkeitiö\n")
    (tmp_path / "qrels.tsv").write_text("q1 0 d1 1\nq2 0 d2 2\n")
    return tmp_path


@pytest.fixture
def page():
    metsuri = Page.objects.get(depth=1).add_child(instance=Page(title="Metsuri", slug="metsuri"))
    index_objects(KIND, [metsuri.pk])
    return metsuri


@pytest.mark.parametrize("analysis", [None, "builtin"])
def test_evaluation_scores_a_collection(collection, capsys, analysis):
    call_command("evaluate_search", str(collection), "--json", *(["--analysis", analysis] if analysis else []))
    result = json.loads(capsys.readouterr().out)
    assert result["ndcg_at_10"] == result["mrr_at_10"] == result["recall_at_100"] == 1
    assert result["zero_hits"] == 0
    assert (result["documents"], result["queries"]) == (3, 2)
    assert set(result["by_type"]) == {"pref", "typo"}
    assert set(result["by_type"]["pref"]) == MEASURES
    assert result.keys() >= {"engine", "analysis", "ms_per_query"}


def test_evaluation_leaves_nothing_behind(collection, capsys):
    call_command("evaluate_search", str(collection))
    assert "nDCG@10" in capsys.readouterr().out
    assert not SearchIndex.objects.filter(kind="evaluation").exists()


def test_evaluation_of_a_missing_folder_says_so(tmp_path):
    with pytest.raises(CommandError):
        call_command("evaluate_search", str(tmp_path / "nothing"))


def test_reindex_and_check_agree(page, capsys):
    call_command("reindex")
    call_command("reindex", "--check")
    assert "wagtailcore.page: 0 missing, 0 left over, 0 outdated" in capsys.readouterr().out


def test_check_counts_differences_and_healing_mends_them(page, capsys):
    call_command("reindex")
    Page.objects.filter(pk=page.pk).update(title="Puuseppä")
    with pytest.raises(CommandError, match="1 differences"):
        call_command("reindex", "--check")
    assert drift_of(KIND, thoroughly=True).outdated == (page.pk,)
    assert reconcile() == 0
    assert reconcile(thoroughly=True) == 1
    assert search(KIND, "puuseppä", listed_only=False).pks[0] == page.pk


def test_missing_and_left_over_objects_are_healed(page):
    reconcile()
    other = Page.objects.get(depth=1).add_child(instance=Page(title="Leipuri", slug="leipuri"))
    Page.objects.filter(pk=page.pk).delete()
    reconcile()
    assert not drift_of(KIND, thoroughly=True)
    assert search(KIND, "leipuri", listed_only=False).pks[0] == other.pk


def test_index_of_another_analyser_is_reported(page):
    SearchIndex.objects.update(analysis="fi:other-1:0")
    warnings = index_is_read_as_it_was_written(databases=["default"])
    assert [warning.id for warning in warnings] == ["search.W001"] * SearchIndex.objects.count()
    with pytest.raises(CommandError):
        call_command("reindex", "--check")


def test_objects_changed_lately_are_compared_every_time(page, monkeypatch):
    described = SearchDocument(model=Page, changed_field="last_published_at", language=lambda page: "fi")
    monkeypatch.setitem(descriptions._described, Page, described)
    index_objects(KIND, [page.pk])
    Page.objects.filter(pk=page.pk).update(title="Muurari", last_published_at=timezone.now())
    assert reconcile() >= 1
    assert search(KIND, "muurari", listed_only=False).pks[0] == page.pk


def test_speed_is_printed_with_the_load(capsys):
    call_command("bench_search", "--sizes", "30", "--rounds", "2")
    printed = capsys.readouterr().out
    assert "text, count alone" in printed
    assert "rebuilt at" in printed
    assert "Load of the machine" in printed
    assert not SearchIndex.objects.filter(kind="benchmark").exists()


def test_pages_are_timed_on_the_sites_own_objects(page, capsys):
    call_command("bench_search", "--rounds", "2", "--pages", "/healthz?q={}")
    assert "/healthz" in capsys.readouterr().out
    with pytest.raises(ValueError, match=r"answers [34]0"):
        call_command("bench_search", "--rounds", "2", "--pages", "/nothing-here/{}")
