"""What Gunicorn does at the end of a process; all else stands in bin/serve."""


def worker_exit(server, worker):
    """What a process has counted is written before it ends, by SIGTERM too."""
    from portal.furniture import daily_counts

    daily_counts.write()
