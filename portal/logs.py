"""What is written about requests says which page, and never what somebody looked for."""

import logging
import re

# From the question mark of an address to the end of the address.
QUERY = re.compile(r"""(/[^\s?'"]*)\?[^\s'"]*""")


class RecordWithoutQuery(logging.LogRecord):
    """A line of the log, whoever writes it: this site, Django, a library or the server."""

    def getMessage(self) -> str:  # noqa: N802 — the name of the standard library
        return QUERY.sub(r"\1", super().getMessage())


def cut_queries() -> None:
    logging.setLogRecordFactory(RecordWithoutQuery)
