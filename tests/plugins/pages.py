"""Every page that a test fetches is read: nothing inline, nothing from elsewhere, no left-over template code."""

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.test import Client

# Wagtail's own pages carry inline scripts; their policy is relaxed there and nowhere else.
NOT_OURS = ("/admin/",)
DATA_BLOCKS = {"application/json", "application/ld+json", "importmap", "speculationrules"}
OUR_HOSTS = {None, "testserver", "localhost", "127.0.0.1"}
LEFT_OVER = re.compile(r"\{\{|\{%|%\(\w+\)s")


class PageReader(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.findings = []
        self.ids = set()
        self.verbatim = ""

    def handle_starttag(self, tag, attrs):
        names = dict(attrs)
        self.verbatim = tag if tag in {"script", "style", "textarea"} else ""
        for name, value in attrs:
            self.read_attribute(tag, name, value or "")
        if tag == "script" and "src" not in names and names.get("type") not in DATA_BLOCKS and not names.get("nonce"):
            self.findings.append("inline script without nonce")
        if tag == "style" and not names.get("nonce"):
            self.findings.append("inline style element without nonce")
        if (identifier := names.get("id")) is not None:
            if identifier in self.ids:
                self.findings.append(f"id {identifier!r} occurs twice")
            self.ids.add(identifier)

    def read_attribute(self, tag, name, value):
        if name.startswith(("on", "hx-on")):
            self.findings.append(f"inline handler {name} on {tag}")
        if name == "style":
            self.findings.append(f"inline style on {tag}: {value}")
        if value.strip().lower().startswith("javascript:"):
            self.findings.append(f"script address on {tag}")
        is_loaded = name in {"src", "srcset"} or (tag == "link" and name == "href" and self.is_stylesheet())
        if is_loaded and urlsplit(value).hostname not in OUR_HOSTS:
            self.findings.append(f"{tag} loads from elsewhere: {value}")
        if name != "value" and LEFT_OVER.search(value):
            self.findings.append(f"left-over template code in {name} of {tag}: {value}")

    def is_stylesheet(self):
        return "stylesheet" in (self.get_starttag_text() or "")

    def handle_endtag(self, tag):
        self.verbatim = ""

    def handle_data(self, data):
        if not self.verbatim and (match := LEFT_OVER.search(data)):
            self.findings.append(f"left-over template code: {data[max(0, match.start() - 20) : match.end() + 40]!r}")


def findings_in(html):
    reader = PageReader()
    reader.feed(html)
    reader.close()
    return reader.findings


@pytest.fixture(autouse=True)
def page_checks(request, monkeypatch):
    if request.node.get_closest_marker("raw_pages"):
        return
    send = Client.request

    def send_and_read(client, **environment):
        response = send(client, **environment)
        is_page = response.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and not environment.get("PATH_INFO", "/").startswith(NOT_OURS):
            findings = findings_in(response.content.decode(response.charset))
            assert not findings, f"{environment.get('PATH_INFO')}: {findings}"
        return response

    monkeypatch.setattr(Client, "request", send_and_read)
