"""The demonstration's files keep the rules that the forms and the voice ask of everybody."""

import pytest

from guides.demonstration import writing as guides
from jobs.applications.demonstration import writing as applications
from jobs.postings.checks import LONGEST_EASY_SENTENCE, long_sentences
from jobs.postings.demonstration import writing as postings
from jobs.postings.enums import Demand, Licence, PostingStatus, Support
from organisations.demonstration import services
from organisations.demonstration import writing as organisations
from organisations.enums import RolloutState
from organisations.installation import FOLDER as ORGANISATIONS
from organisations.installation import rows

JOBS_AS_WRITTEN = list(postings.tables())
MUNICIPALITIES = {row["name_fi"] for row in rows(ORGANISATIONS / "municipalities.csv")}
FIELDS = {row["code"] for row in rows(ORGANISATIONS / "task_fields.csv")}


def municipality(job):
    return organisations.tables()[job["organisation"]]["municipality"]


def test_jobs_cover_fields_municipalities_and_states():
    is_open = [job for job in JOBS_AS_WRITTEN if job.get("status", "PUBLISHED") == "PUBLISHED"]
    assert len(JOBS_AS_WRITTEN) == 49
    assert len(organisations.tables()) == 27
    assert {municipality(job) for job in is_open} == MUNICIPALITIES
    assert {job["field"] for job in is_open} == FIELDS
    assert {job.get("status", "PUBLISHED") for job in JOBS_AS_WRITTEN} == set(PostingStatus)
    assert len([job for job in is_open if job.get("easy")]) >= 16


@pytest.mark.parametrize("job", JOBS_AS_WRITTEN, ids=lambda job: job["title"])
def test_a_job_is_well_formed(job):
    minutes = sum(task[1] for task in job["tasks"])
    assert job["hours"][0] * 60 <= minutes <= job["hours"][-1] * 60
    assert len(job["title"]) <= 75
    assert job["fits"].startswith("Sopii, jos ")
    assert len(job["fits"]) <= 160
    assert set(job.get("demands", {})) <= set(Demand)
    assert set(job.get("support", [])) <= set(Support)
    assert set(job.get("licences", [])) <= set(Licence)
    assert not long_sentences(job.get("easy", ""))


def test_associations_are_plainly_invented():
    for table in organisations.tables().values():
        assert table["contact_email"].endswith(".example")
        assert table["contact_phone"].startswith("013 000 ")
        assert table.get("register_no", "999.").startswith("999.")
        assert not [text for text in table["easy"].split(". ") if len(text.split()) > LONGEST_EASY_SENTENCE]


def test_rollout_and_mandates_say_that_they_are_invented():
    """The municipalities are real ones; nothing is claimed of them."""
    changes, mandates = services.tables()["rollout"], services.tables()["mandate"]
    assert {change["municipality"] for change in changes} < MUNICIPALITIES
    assert {change["state"] for change in changes} == set(RolloutState)
    assert any(change["day"] > 0 for change in changes)
    days = [(change["municipality"], change["day"]) for change in changes]
    assert days == sorted(days)
    assert len(days) == len(set(days))
    assert all(change["note"].startswith("Esittelysisältöä. ") for change in changes)
    town = organisations.tables()["mallikunta"]
    assert town["description"].strip().startswith("Tämä on esittelysisältöä")
    for mandate in mandates:
        assert {mandate["giver"], mandate["receiver"]} <= set(organisations.tables())
    assert {"revoked" in mandate for mandate in mandates} == {True, False}


def test_applications_name_tasks_of_their_job():
    tasks = {job["title"]: {task[0] for task in job["tasks"]} for job in JOBS_AS_WRITTEN}
    for table in applications.tables():
        assert set(table["tasks"]) <= tasks[table["posting"]]


def test_guides_say_when_their_facts_were_checked():
    for table in guides.tables():
        assert table["checked_date"] < table["review_by"]
        assert "fi" in table
