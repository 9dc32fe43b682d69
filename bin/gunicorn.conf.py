"""Lets an address that is too long reach the site, which says so in the reader's language.

Gunicorn itself would answer with a bare English line as soon as an address has 4,094 characters, and takes no limit
above 8,190. Up to a megabyte is read and then refused by portal.middleware; beyond that Gunicorn still ends it.
"""

from gunicorn.http import message

MEGABYTE = 2**20

message.MAX_REQUEST_LINE = MEGABYTE
limit_request_line = MEGABYTE - 1


def worker_exit(server, worker):
    """What a process has counted is written before it ends, by SIGTERM too."""
    from portal.furniture import daily_counts

    daily_counts.write()
