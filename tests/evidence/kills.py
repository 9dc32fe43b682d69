"""Processes are killed while mails go out: every mail arrives, and none a second time."""

import os
import random
import re
import signal
import subprocess
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections import Counter
from contextlib import suppress
from http.cookiejar import CookieJar

from tests.evidence.running import TOKEN, PostgreSQL, SQLite, running
from tests.portal.mail_server import Conversation, running_server

TITLE = "Killed processes while mails go out"
ABOUT = """People ask for a code to sign in, each a mail, while the web server and the worker are killed with SIGKILL,
every fourth time the web server, and started again by `bin/compose-here`. Whoever gets no answer asks again. The mail
server takes 0.6 seconds over a letter, so that the worker is killed while it hands one over, wherever that was
possible. Afterwards every mail of the database must have arrived. A worker that is killed after it has given a letter
and before it has noted the answer leaves a mail that goes once more, with the same Message-ID: that is counted as
doubled, and can happen at most once for each of those kills."""
SIGN_IN = "/tili/kirjaudu/"


class Slow(Conversation):
    """Takes its time over each letter, so that a worker can be killed in the middle of one."""

    def linger(self):
        self.server.is_at_work.set()
        time.sleep(0.3)
        self.server.is_at_work.clear()

    def refusal(self, command):
        """Before the letter is given."""
        self.linger()
        return super().refusal(command)

    def read_letter(self):
        """When it has been given and not yet acknowledged."""
        self.linger()
        return super().read_letter()


def ask_for_code(site, number):
    """Whether the demand was taken; each comes from a network of its own."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
    opener.addheaders = [("X-Forwarded-For", f"10.{number // 250}.{number % 250}.1")]
    try:
        token = TOKEN.search(opener.open(site.url + SIGN_IN, timeout=20).read().decode())[1]
        form = {"csrfmiddlewaretoken": token, "login": f"person{number}@example.org"}
        with opener.open(site.url + SIGN_IN, urllib.parse.urlencode(form).encode(), timeout=20) as answer:
            return answer.status == 200
    except OSError:
        return False


def demand(site, mails, taken, pause):
    for number in range(mails):
        time.sleep(pause)
        while not ask_for_code(site, number):
            time.sleep(0.2)
        taken.append(number)


def kill(site, kills, is_at_work):
    """Kills the web server at moments that chance chooses, the worker while it hands over a letter, if one comes."""
    chance, killed = random.Random(9), Counter()
    for number in range(kills):
        name = "web" if number % 4 == 3 else "worker"
        before = site.processes[name]
        if name == "web":
            time.sleep(chance.uniform(0, 2))
        elif is_at_work.wait(12):
            time.sleep(chance.uniform(0, 0.25))
            killed["worker in the middle of a letter"] += 1
        os.kill(before, signal.SIGKILL)
        killed[name] += 1
        while site.processes[name] == before:
            time.sleep(0.05)
        is_at_work.clear()
    return killed


def send_the_rest(site, within, is_full):
    """What a killed worker had taken waits until its lease is over; the short form does not wait for it."""
    end = time.monotonic() + within
    while site.database.ask("SELECT count(*) FROM portal_outgoingmail WHERE state = 'WAITING'")[0][0]:
        if time.monotonic() > end:
            break
        if not is_full:
            site.database.ask("UPDATE portal_outgoingmail SET leased_until = NULL WHERE state = 'WAITING'")
        with suppress(subprocess.CalledProcessError):  # the next one goes on
            site.manage("run_due")
        time.sleep(10 if is_full else 0.2)


def measure(folder, is_full=True, template=None):
    mails, kills = (200, 50) if is_full else (12, 4)
    database = SQLite(folder, template) if template else PostgreSQL()
    with running_server() as mail_server:
        mail_server.RequestHandlerClass, port = Slow, mail_server.server_address[1]
        mail_server.is_at_work = threading.Event()
        with running(folder, database, EMAIL_URL=f"smtp://127.0.0.1:{port}") as site:
            taken: list[int] = []
            started = time.monotonic()
            asking = threading.Thread(target=demand, args=(site, mails, taken, 0.8 if is_full else 0))
            asking.start()
            killed = kill(site, kills, mail_server.is_at_work)
            asking.join()
            send_the_rest(site, 900 if is_full else 60, is_full)
            rows = site.database.ask("SELECT message_id, state, recipient FROM portal_outgoingmail")
            seconds = round(time.monotonic() - started)
    begun = {"database": type(database).__name__, "seconds": seconds, "demands taken": len(taken)}
    return (
        begun
        | {f"kills of the {name}": number for name, number in killed.items()}
        | compared(rows, mail_server.letters)
    )


def compared(rows, letters):
    """What the database says was sent beside what came to the mail server."""
    arrived = Counter(re.sub(r"[<>]|@.*|-", "", letter["Message-ID"]) for letter in letters)
    queued = {str(message_id).replace("-", "") for message_id, _state, _recipient in rows}
    return {
        "people with a mail in the database": len({recipient for _id, _state, recipient in rows}),
        "mails in the database": len(queued),
        "mails that arrived": len(arrived),
        "lost": len(queued - set(arrived)),
        "arrived, but not in the database": len(set(arrived) - queued),
        "doubled": sum(number - 1 for number in arrived.values()),
        "not marked as sent": sum(state != "SENT" for _id, state, _recipient in rows),
    }


def faults(figures):
    for name in ("lost", "arrived, but not in the database", "not marked as sent"):
        if figures[name]:
            yield f"{name}: {figures[name]}"
    if figures["people with a mail in the database"] < figures["demands taken"]:
        yield "a demand that was taken has no mail"
    if figures["doubled"] > figures["kills of the worker"]:
        yield f"doubled: {figures['doubled']}"
