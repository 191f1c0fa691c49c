"""`/id/…`: what the graph says of a thing, as a page for people and as RDF for programs.

An address of the graph begins with https://w3id.org/paperkg/id/; the same path below this service's own `/id/` tells of it here.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from kg.identity import BASE
from kg.service.negotiation import GRAPHS, HTML, choose
from kg.service.pages import thing_page
from kg.service.protocol import accepted
from kg.service.responses import Refused, answered, asked_json

_PATH = "/id/"


async def thing(request: Request) -> Response:
    """The thing in the best format; 301 to what it was merged into."""
    iri = BASE + request.scope["raw_path"].decode("ascii")[len(_PATH) :]
    accept = accepted(request, request.query_params.multi_items())
    media_type = choose(accept, (*GRAPHS, HTML))
    if media_type is None:
        raise Refused(406, f"this is not to be had so; accept one of: {', '.join((*GRAPHS, HTML))}")
    if media_type == HTML:
        return thing_page(await asked_json(request, "entity", {"iri": iri}), iri)
    return await answered(request, "describe", {"iri": iri, "accept": media_type})
