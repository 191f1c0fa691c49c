"""Why the graph says a fact, for people and for programs: `/why` and `/api/why`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from kg.service import pages
from kg.service.api import parameters
from kg.service.responses import Refused, answered, asked_json


async def api(request: Request) -> Response:
    """`/api/why?subject=&predicate=&object=`: who says a fact, in which words, and what speaks against it."""
    return await answered(request, "why", _fact(request))


async def page(request: Request) -> Response:
    """`/why?…`: the same to read."""
    reasons = await asked_json(request, "why", _fact(request))
    return pages.page("Why? – paperkg", f"<main>{''.join(map(_reason, reasons))}</main>")


def _fact(request: Request) -> dict[str, str]:
    """The fact that a request names; the object may be left out."""
    given = parameters(request, ("subject", "predicate", "object"))
    if not given.get("subject") or not given.get("predicate"):
        raise Refused(400, "name the fact: ?subject=https://…&predicate=kg:year, and &object= for one of several")
    return {"subject": given["subject"], "predicate": given["predicate"], "object_": given.get("object", "")}


def _reason(reason: Mapping[str, Any]) -> str:
    voices = f"{reason['voices']} independent voice{'' if reason['voices'] == 1 else 's'}" if reason["asserted"] else "not asserted"
    parts = (
        f"<h1>{escape(reason['fact'])}</h1>",
        f'<p class="quiet">{voices}; said of {pages.link(reason["terms"]["subject"], reason["terms"]["subject"])}</p>',
        "".join(map(_stated, reason["stated"])),
        _list("What speaks against it", reason["against"]),
        _list("What was merged", reason["merged"]),
    )
    return f"<section>{''.join(parts)}</section>"


def _stated(stated: Mapping[str, Any]) -> str:
    by = ", ".join(filter(None, (stated["document"], *stated["reviewers"], stated["published"])))
    measured = "not measured" if stated["precision"] is None else f"right in {stated['precision']:.0%} when measured"
    stance = "" if stated["stance"] == "asserted" else f" <strong>{escape(stated['stance'])}</strong>"
    read = f"read by {stated['extractor']} ({measured}), confidence {stated['confidence']:.2f}, characters {stated['offsets'][0]} to {stated['offsets'][1]}"
    return (
        f'<blockquote><p>{escape(stated["quote"])}</p><footer>{escape(by)}{stance}<br><span class="quiet">{escape(read)}</span></footer></blockquote>'
    )


def _list(title: str, lines: Sequence[str]) -> str:
    return f"<h2>{title}</h2><ul>{''.join(f'<li>{escape(line)}</li>' for line in lines)}</ul>" if lines else ""
