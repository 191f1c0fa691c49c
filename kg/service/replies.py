"""What goes between the process that speaks HTTP and those that hold the graph: a job there, a reply back.

Each is one line of JSON, the reply's followed by as many bytes as it announces.  Nothing is unpickled, so a worker that has gone mad
cannot run code in its parent.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

LONGEST = 16 << 20  # a job's line: a query with its terms


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` and `media_type` as HTTP has them.  `identity` names the graph that answered; `damaged` means that its files did not."""

    status: int
    media_type: str
    body: bytes
    identity: str = ""
    damaged: bool = False

    def dump(self) -> bytes:
        head = {"status": self.status, "media_type": self.media_type, "identity": self.identity, "damaged": self.damaged, "length": len(self.body)}
        return json.dumps(head).encode() + b"\n" + self.body


def job(operation: str, arguments: dict[str, Any]) -> bytes:
    return json.dumps({"operation": operation, "arguments": arguments}).encode() + b"\n"


def as_json(value: object, status: int = 200) -> Reply:
    return Reply(status, "application/json", json.dumps(value, ensure_ascii=False).encode())


def problem(status: int, detail: str, *, damaged: bool = False) -> Reply:
    """A refusal as RFC 9457 has it."""
    body = {"status": status, "detail": detail}
    return Reply(status, "application/problem+json", json.dumps(body, ensure_ascii=False).encode(), damaged=damaged)
