"""One cron line does what is due: daily work once a calendar day, other work after its time, a failure again."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command

from accounts.registry import Registry
from portal.models import TimedWork
from portal.schedule import timed_work
from portal.schedule.timed_work import Work

pytestmark = pytest.mark.django_db
HELSINKI = ZoneInfo("Europe/Helsinki")


@pytest.fixture
def works(monkeypatch):
    works: Registry[Work] = Registry()
    monkeypatch.setattr(timed_work, "WORKS", works)
    return works


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=HELSINKI)


def done(now):
    return [name for name, _result, _error in timed_work.run_due(now)]


def test_daily_work_is_done_once_a_calendar_day(works):
    timed_work.register(Work("daily", lambda: 1))
    assert done(at("2026-11-24 23:55")) == ["daily"]
    assert done(at("2026-11-24 23:59")) == []
    assert done(at("2026-11-25 00:01")) == ["daily"]


def test_the_day_of_the_clock_change_is_one_day(works):
    timed_work.register(Work("daily", lambda: 1))
    assert done(at("2026-10-25 00:30")) == ["daily"]
    assert done(at("2026-10-25 23:30")) == []
    assert done(at("2026-10-26 00:00")) == ["daily"]


def test_hourly_work_waits_an_hour(works):
    timed_work.register(Work("hourly", lambda: 1, every=timedelta(hours=1)))
    assert done(at("2026-11-24 10:00")) == ["hourly"]
    assert done(at("2026-11-24 10:59")) == []
    assert done(at("2026-11-24 11:00")) == ["hourly"]


def test_failed_work_stays_due_and_keeps_no_other(works):
    timed_work.register(Work("broken", lambda: 1 / 0))
    timed_work.register(Work("whole", lambda: 1))
    assert done(at("2026-11-24 10:00")) == ["broken", "whole"]
    assert done(at("2026-11-24 10:05")) == ["broken"]


def test_the_command_says_what_failed(works):
    timed_work.register(Work("broken", lambda: 1 / 0))
    with pytest.raises(CommandError, match="broken"):
        call_command("run_due")


def test_of_two_that_ask_one_gets_the_work():
    assert TimedWork.objects.claim("work", timed_work.DAILY) is None
    assert TimedWork.objects.claim("work", timed_work.DAILY) is False


def test_mail_and_deletions_are_registered():
    assert {"send-mail", "purge-expired-data"} <= {work.name for work in timed_work.WORKS}
