"""No test talks to the world: only to services named in the environment and, when marked, to its own servers."""

import os
import socket
from urllib.parse import urlsplit

import pytest

LOOPBACK = {"localhost", "127.0.0.1", "::1", ""}
SERVICES = ("DATABASE_URL", "SEARCH_URL", "CACHE_URL")


class NetworkBlocked(RuntimeError):
    pass


def ports_of_services():
    return {port for name in SERVICES if (port := urlsplit(os.environ.get(name, "")).port)}


@pytest.fixture(autouse=True)
def network_guard(request, monkeypatch):
    own_servers = request.node.get_closest_marker("network") or request.node.get_closest_marker("browser")
    ports = ports_of_services()
    connect, connect_ex, resolve = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo

    def refuse_strangers(sock, address):
        if sock.family not in {socket.AF_INET, socket.AF_INET6}:
            return
        host, port = address[:2]
        if host not in LOOPBACK or not (own_servers or port in ports):
            raise NetworkBlocked(f"a test tried to open {host}:{port}")

    def guarded_connect(sock, address):
        refuse_strangers(sock, address)
        return connect(sock, address)

    def guarded_connect_ex(sock, address):
        refuse_strangers(sock, address)
        return connect_ex(sock, address)

    def guarded_resolve(host, *args, **kwargs):
        if (host.decode() if isinstance(host, bytes) else host or "") not in LOOPBACK:
            raise NetworkBlocked(f"a test tried to look up {host}")
        return resolve(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", guarded_connect)
    monkeypatch.setattr(socket.socket, "connect_ex", guarded_connect_ex)
    monkeypatch.setattr(socket, "getaddrinfo", guarded_resolve)
