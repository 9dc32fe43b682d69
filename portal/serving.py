"""How requests reach the site: Gunicorn keeps the processes, Waitress the connections.

A request is received in one loop for all connections of a process, its body too, and given to a thread when it is
whole. Who sends slowly, or never ends, holds a connection and no thread; the same loop hands out the answers.
"""

import logging
import os
import resource
import time
from collections.abc import Iterable
from typing import Any

from gunicorn.workers.base import Worker
from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.buffers import OverflowableBuffer
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.server import TcpWSGIServer
from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import BadRequest

MEGABYTE = 2**20
# An address of a megabyte reaches the site, which refuses it in words.
MOST_HEADER = MEGABYTE + 64 * 1024
# Somewhat more than the site takes. A longer body is received and forgotten, so that its refusal is read, not cut off.
MOST_BODY = 13 * MEGABYTE
MOST_SWALLOWED = 100 * MEGABYTE
MOST_BETWEEN_CHUNKS = 64 * 1024
# What one process keeps of unfinished requests; beyond it the oldest give way.
MOST_WAITING = 256 * MEGABYTE
MOST_CONNECTIONS = 1000
# A request is given so many seconds, and one more for so many bytes as have come.
PATIENCE = 30
BYTES_A_SECOND = 5000
# Nothing comes, or nothing of the answer is taken.
IDLE = 20
# A browser may be sending on a kept connection when the process is told to end.
LINGER = 1

for name in ("waitress", "waitress.queue"):
    # A queue of requests and a reader who left are no news.
    logging.getLogger(name).setLevel(logging.ERROR)


class ForgettingBuffer(OverflowableBuffer):
    """Keeps a body that the site may take, in a file when it is long; of a longer one only how long it is."""

    forgotten = 0

    def append(self, s: bytes) -> None:
        if self.forgotten or len(self) + len(s) > MOST_BODY:
            self.forgotten += len(s)
        else:
            super().append(s)

    def __len__(self) -> int:
        return int(super().__len__()) + self.forgotten


class Parser(HTTPRequestParser):
    """Looks for the end of the header in what is new alone: a long one that drips in costs no more than a quick one."""

    body_rcv: Any
    content_length: int
    is_last = False  # of its connection, as every one while the process ends

    def __init__(self, adj: Any) -> None:
        super().__init__(adj)
        self.began_at = time.monotonic()
        self.header = bytearray()

    def received(self, data: bytes) -> int:
        if self.completed or self.body_rcv is not None:
            return self.received_of_body(data)
        before = len(self.header)
        self.header += data
        if b"\r\n\r\n" not in self.header[max(0, before - 3) :] and len(self.header) < MOST_HEADER:
            return len(data)
        whole, self.header = bytes(self.header), bytearray()
        return int(super().received(whole)) - before

    def received_of_body(self, data: bytes) -> int:
        consumed = int(super().received(data))
        if self.chunked and len(self.body_rcv.control_line) + len(self.body_rcv.trailer) > MOST_BETWEEN_CHUNKS:
            self.error, self.completed = BadRequest("Too much between chunks"), True
        return consumed

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if self.content_length > MOST_SWALLOWED:
            # Not even received: the site refuses it by its length.
            self.body_rcv, self.content_length, self.headers["CONNECTION"] = None, 0, "close"
        if self.is_last:
            self.headers["CONNECTION"] = "close"
        if self.body_rcv is not None:
            self.body_rcv.buf = ForgettingBuffer(self.adj.inbuf_overflow)

    def waiting(self) -> int:
        """How many bytes have come."""
        return len(self.header) + self.body_bytes_received

    def is_overdue(self) -> bool:
        return time.monotonic() > self.began_at + PATIENCE + self.waiting() / BYTES_A_SECOND


class Channel(HTTPChannel):
    parser_class = Parser

    def is_busy(self) -> bool:
        return bool(self.requests or self.request is not None or self.total_outbufs_len)


class Server(TcpWSGIServer):
    channel_class = Channel


class BufferingWorker(Worker):
    """One process of bin/serve. Ends when it is told to, or after as many requests as Gunicorn allows it."""

    def run(self) -> None:
        allow_open_files()
        self.connections: dict[int, Any] = {}
        self.looked_at = 0.0
        dispatcher = ThreadedTaskDispatcher()
        dispatcher.set_thread_count(self.cfg.threads)
        servers = self.open_servers(dispatcher)
        while self.alive and self.ppid == os.getppid():
            self.turn()
        for server in servers:
            server.accepting = False
        self.finish()
        dispatcher.shutdown()
        wasyncore.close_all(self.connections)

    def open_servers(self, dispatcher: ThreadedTaskDispatcher) -> list[Server]:
        listeners = [listener.sock for listener in self.sockets]
        adjustments = Adjustments(
            sockets=listeners,
            backlog=self.cfg.backlog,
            ident="",
            # Proxies are believed as far as TRUSTED_PROXIES says, which portal.middleware reads.
            clear_untrusted_proxy_headers=False,
            recv_bytes=16 * 1024,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE,
            cleanup_interval=5,
            max_request_header_size=MOST_HEADER,
            max_request_body_size=MOST_SWALLOWED + 1,
            log_socket_errors=False,
        )
        return [
            Server(
                self.counted,
                self.connections,
                _sock=listener,
                dispatcher=dispatcher,
                adj=adjustments,
                sockinfo=(listener.family, listener.type, listener.proto, listener.getsockname()),
                bind_socket=False,
            )
            for listener in listeners
        ]

    def counted(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        self.nr += 1
        if self.nr >= self.max_requests:
            self.alive = False
        return self.wsgi(environ, start_response)

    def turn(self) -> None:
        """What has come is taken in, what can go goes out; a second at most."""
        self.notify()
        wasyncore.poll2(1.0, self.connections)
        if time.monotonic() > self.looked_at + 1:
            self.looked_at = time.monotonic()
            self.send_away()

    def channels(self) -> list[Channel]:
        return [channel for channel in self.connections.values() if isinstance(channel, Channel)]

    def send_away(self) -> None:
        """Whoever takes too long, and the oldest while all of them together hold too much."""
        begun = [(channel.request, channel) for channel in self.channels() if channel.request is not None]
        waiting = sum(request.waiting() for request, _channel in begun)
        for request, channel in sorted(begun, key=lambda pair: pair[0].began_at):
            if request.is_overdue() or waiting > MOST_WAITING:
                channel.will_close = True
                waiting -= request.waiting()

    def finish(self) -> None:
        """Answers what has begun, within Gunicorn's time for it; kept connections are told to close."""
        Parser.is_last = True
        for channel in self.channels():
            for request in (channel.request, *channel.requests):
                if request is not None:
                    request.headers["CONNECTION"] = "close"
        began_at = time.monotonic()
        while time.monotonic() < began_at + self.cfg.graceful_timeout:
            if time.monotonic() > began_at + LINGER and not any(channel.is_busy() for channel in self.channels()):
                break
            self.turn()


def allow_open_files() -> None:
    """Each connection is a file, and each long body another."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4 * MOST_CONNECTIONS
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, wanted if hard < 0 else min(hard, wanted)), hard))
