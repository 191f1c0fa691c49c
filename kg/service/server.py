"""Runs the application on a port until it is told to stop, and then ends what it has begun."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from pathlib import Path

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.errors import KgError
from kg.service import log
from kg.service.app import application
from kg.service.limits import Limits
from kg.service.process import Process, Trouble

LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
KEEP_ALIVE = 5
HEAD_SIZE = 96 * 1024  # a request's line and headers; the guard refuses an address over its own limit with a reason


class Patient(H11Protocol):
    """Closes a connection on which a request has begun, or none has, and whose head does not arrive in time."""

    silence = 10.0
    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wind()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._stop()
        elif self._clock is None:
            self._wind()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def _wind(self) -> None:
        self._clock = self.loop.call_later(self.silence, self.transport.close)

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None


def run(directory: Path, host: str, port: int, *, limits: Limits, hosts: frozenset[str], origins: frozenset[str]) -> None:
    """Serves until SIGTERM or Ctrl-C.  `KgError` if the address is taken, or the graph cannot be opened."""
    log.begin()
    asyncio.run(_tried(directory, limits))
    listening = bound(host, port)
    known = LOCAL | hosts | ({host} if not _is_any(host) else frozenset())
    app = application(directory, limits, known, origins)
    config = uvicorn.Config(
        app,
        http=type("Patient", (Patient,), {"silence": limits.silence}),
        log_config=None,
        access_log=False,
        server_header=False,
        h11_max_incomplete_event_size=HEAD_SIZE,
        limit_concurrency=limits.connections,
        timeout_keep_alive=KEEP_ALIVE,
        timeout_graceful_shutdown=int(limits.deadline) + 1,
    )
    server = uvicorn.Server(config)
    log.event("listening", address=f"http://{_shown(host)}:{listening.getsockname()[1]}/")
    with listening:
        server.run(sockets=[listening])
    if not server.started:
        raise KgError("the service could not start; the lines above say why")


async def _tried(directory: Path, limits: Limits) -> None:
    """Opens the graph once, so that who starts the service is told in a line why it cannot be."""
    try:
        process = await Process.start(directory, limits.memory, limits.answer, limits.rows)
    except Trouble as error:
        raise KgError(str(error)) from error
    await process.kill()


def bound(host: str, port: int) -> socket.socket:
    """A listening socket.  `KgError` if the address is taken or not ours."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family, backlog=1024)
    except OSError as error:
        raise KgError(f"{host}:{port} cannot be listened on: {error}; choose another --port or --host") from error


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_any(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_unspecified
    except ValueError:
        return False
