"""The service described in OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0), for programs and for tests."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, TypeAlias

from kg import queries
from kg.service.negotiation import GRAPHS, HTML, RESULTS, SHORT

Json: TypeAlias = dict[str, Any]
_ANY_TEXT: Json = {"schema": {"type": "string"}}
_STRINGS: Json = {"type": "array", "items": {"type": "string"}}
_LIMIT: Json = {"type": "integer", "minimum": 1, "maximum": 1000}

_FACT: Json = {"type": "object", "properties": {name: {"type": "string"} for name in ("subject", "predicate", "object")}}


def document() -> Json:
    """The description, made anew."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "paperkg", "version": version("paperkg"), "summary": "A knowledge graph of papers, read from reviews"},
        "paths": {
            "/sparql": {"get": _sparql("query", form=False), "post": _sparql("postQuery", form=True)},
            "/store": {"get": _store()},
            "/id/{path}": {"get": _thing()},
            "/api/search": {"get": _search()},
            "/api/entity": {"get": _entity()},
            "/api/why": {"get": _why()},
            "/why": {"get": _why_page()},
            "/api/neighbours": {"get": _neighbours()},
            "/api/queries": {"get": _list()},
            **{f"/api/queries/{stock.name}": {"get": _stock(stock)} for stock in queries.stock().values()},
            "/explore": {"get": _explore()},
            "/explore/around": {"get": _around()},
            "/health": {"get": _health()},
        },
        "components": {"schemas": {"Problem": _object(status={"type": "integer"}, detail={"type": "string"})}},
    }


def _sparql(name: str, *, form: bool) -> Json:
    graphs = [_parameter(f"{kind}-graph-uri", {"type": "array", "items": {"type": "string", "format": "iri"}}) for kind in ("default", "named")]
    operation = _operation(name, "Answers a SPARQL 1.1 query", _formats(*RESULTS, *GRAPHS, *(() if form else (HTML,))), "400 403 406 413 507")
    operation["parameters"] = [*graphs, _format()] if form else [_parameter("query", {"type": "string", "minLength": 1}), *graphs, _format()]
    if form:
        fields = {"query": {"type": "string"}, "default-graph-uri": _STRINGS, "named-graph-uri": _STRINGS}
        schema = {"type": "object", "properties": fields, "required": ["query"]}
        content = {"application/x-www-form-urlencoded": {"schema": schema}, "application/sparql-query": _ANY_TEXT}
        operation["requestBody"] = {"required": True, "content": content}
        operation["responses"] |= _problems("415")
    return operation


def _store() -> Json:
    operation = _operation("contents", "All triples of the default graph, or of a named one", _formats(*GRAPHS), "400 404 406 413 507")
    return operation | {
        "parameters": [_parameter("default", {"type": "string"}), _parameter("graph", {"type": "string", "format": "iri"}), _format()]
    }


def _thing() -> Json:
    operation = _operation("thing", "What the graph says of a thing", _formats(*GRAPHS, HTML), "301 400 404 406 413 507")
    path = {"name": "path", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}, "example": "topic/neural-networks"}
    return operation | {"parameters": [path, _format()]}


def _search() -> Json:
    hit = _object(iri={"type": "string"}, kind={"type": "string"}, label={"type": "string"})
    operation = _operation("search", "Things that are called so, the best match first", _json({"type": "array", "items": hit}), "400 507")
    text = {"type": "string", "minLength": 1, "maxLength": 500}
    return operation | {"parameters": [_parameter("q", text, required=True), _parameter("kind", {"type": "string"}), _parameter("limit", _LIMIT)]}


def _entity() -> Json:
    texts = {name: {"type": "string"} for name in ("relation", "other", "iri", "sentence")}
    statement = _object(**texts, documents=_STRINGS, titles=_STRINGS, sources={"type": "integer"}, fact=_FACT)
    beside = _object(label={"type": "string"}, papers={"type": "integer"})
    schema = _object(
        iri={"type": "string"}, kind={"type": "string"}, labels=_STRINGS, merges=_STRINGS,
        statements={"type": "array", "items": statement}, beside={"type": "array", "items": beside},
    )  # fmt: skip
    operation = _operation("entity", "All that is said of a thing, each statement with a sentence", _json(schema), "301 400 404 413 507")
    return operation | {"parameters": [_iri()]}


def _why() -> Json:
    texts = {name: {"type": "string"} for name in ("document", "published", "before", "quote", "after", "extractor", "stance")}
    stated = _object(
        **texts, reviewers=_STRINGS, offsets={"type": "array", "items": {"type": "integer"}},
        precision={"type": ["number", "null"]}, confidence={"type": "number"},
    )  # fmt: skip
    reason = _object(
        fact={"type": "string"}, terms=_FACT, asserted={"type": "boolean"}, voices={"type": "integer"},
        stated={"type": "array", "items": stated}, merged=_STRINGS, against=_STRINGS,
    )  # fmt: skip
    content = _json({"type": "array", "items": reason})
    operation = _operation("why", "Who says a fact, in which words, and what speaks against it", content, "301 400 404 413 507")
    return operation | {"parameters": _terms()}


def _why_page() -> Json:
    return _operation("whyPage", "The same to read", _formats(HTML), "301 400 404 413 507") | {"parameters": _terms()}


def _terms() -> list[Json]:
    terms = [_parameter(name, {"type": "string", "minLength": 1}, required=True) for name in ("subject", "predicate")]
    return [*terms, _parameter("object", {"type": "string"})]


def _neighbours() -> Json:
    node = _object(iri={"type": "string"}, kind={"type": "string"}, label={"type": "string"})
    edge = _object(source={"type": "string"}, predicate={"type": "string"}, target={"type": "string"}, sentences=_STRINGS)
    schema = _object(nodes={"type": "array", "items": node}, edges={"type": "array", "items": edge}, more={"type": "boolean"})
    operation = _operation("neighbours", "The things that a thing is joined with", _json(schema), "301 400 404 413 507")
    return operation | {"parameters": [_iri(), _parameter("limit", _LIMIT)]}


def _explore() -> Json:
    operation = _operation("explore", "The explorer's page: of the whole graph, or begun with a part of it", _formats(HTML), "400 500")
    operation["responses"] |= {
        "202": {"description": "it is being made; the page asks again by itself", "content": _formats(HTML)},
        "304": {"description": "the client has it"},
    }
    return operation | {"parameters": [_parameter("part", {"type": "string", "enum": ["yes"]})]}


def _around() -> Json:
    numbered = {name: {"type": "array"} for name in ("nodes", "edges", "stated", "doubted", "claims", "sentences", "predicates")}
    operation = _operation(
        "around", "What the explorer's page holds of a thing and what stands around it", _json(_object(**numbered)), "301 400 404 413 507"
    )
    return operation | {"parameters": [_iri()]}


def _list() -> Json:
    texts = {name: {"type": "string"} for name in ("name", "title", "question", "text")}
    schema = {"type": "array", "items": _object(**texts, parameters={"type": "array", "items": {"type": "object"}})}
    return _operation("stockQueries", "The stock queries", _json(schema), "")


def _stock(stock: queries.StockQuery) -> Json:
    kinds = {"text": {"type": "string"}, "iri": {"type": "string", "format": "iri"}, "integer": {"type": "integer"}}
    operation = _operation(stock.name, stock.question, _formats(*RESULTS), "400 406 413 507")
    given = [_parameter(p.name, kinds[p.kind]) | {"description": p.help} for p in stock.parameters]
    return operation | {"parameters": [*given, _format()]}


def _health() -> Json:
    schema = _object(status={"type": "string"}, graph={"type": "string"}, trouble={"type": "string"}, long={"type": "integer"})
    operation = _operation("health", "Whether the service can answer", _json(schema), "")
    operation["responses"]["503"] = {"description": "it cannot", "content": _json(schema)}
    return operation


def _operation(name: str, summary: str, content: Json, problems: str) -> Json:
    responses = {"200": {"description": "the answer", "content": content}, **_problems(f"{problems} 408 414 421 503")}
    return {"operationId": name, "summary": summary, "responses": responses}


def _problems(statuses: str) -> Json:
    problem = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": "refused, with the reason", "content": problem} for status in statuses.split()}


def _object(**properties: Json) -> Json:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _formats(*media_types: str) -> Json:
    return {media_type: {} for media_type in media_types}


def _parameter(name: str, schema: Json, *, required: bool = False) -> Json:
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _format() -> Json:
    return _parameter("format", {"type": "string", "enum": list(SHORT)})


def _iri() -> Json:
    return _parameter("iri", {"type": "string", "format": "iri", "minLength": 1}, required=True)
