"""What stands before the application, asked without a network between."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import repeat

import pytest
from starlette.types import Message, Receive, Scope, Send

from kg.service import guard
from kg.service.guard import Guard
from kg.service.limits import Limits

PIECE = b"x" * 1000


async def nothing(_scope: Scope, _receive: Receive, _send: Send) -> None:
    raise AssertionError("a refused request goes no further")


def refused(pieces: Iterator[bytes]) -> tuple[list[Message], int]:
    """What is sent to a client that may not ask, and how many pieces of its body were read before the end of the answer."""
    sent: list[Message] = []
    read = 0

    async def receive() -> Message:
        nonlocal read
        piece = next(pieces, None)
        if piece is None:
            await asyncio.sleep(60)
        read += 1
        return {"type": "http.request", "body": piece, "more_body": piece == PIECE}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http",
        "method": "POST",
        "path": "/sparql",
        "raw_path": b"/sparql",
        "query_string": b"",
        "headers": [(b"host", b"evil.example")],
    }
    asyncio.run(Guard(nothing, Limits(), frozenset({"localhost"}), frozenset())(scope, receive, send))
    return sent, read


def test_a_refused_body_is_read_to_its_end() -> None:
    """A connection that is closed with bytes unread is reset, and the refusal is lost with it (RFC 9112, section 9.6)."""
    sent, read = refused(iter([PIECE] * 40 + [b"end"]))
    assert read == 41
    assert [message.get("status", message.get("more_body", False)) for message in sent] == [421, True, False]


def test_a_refused_body_without_end_is_not_read_for_ever() -> None:
    sent, read = refused(repeat(PIECE, 2 * guard.MOST_REST // len(PIECE)))
    assert read == guard.MOST_REST // len(PIECE) + 1
    assert sent[-1] == {"type": "http.response.body", "body": b""}


def test_a_refused_body_that_does_not_come_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "LINGER", 0.2)
    sent, read = refused(iter([PIECE]))
    assert (read, len(sent)) == (1, 3)
