"""Writes the pages of docs/reference/ that the program and the ontology know best: `python3 tasks.py docs`.

A test compares them with what stands in the repository.
"""

from __future__ import annotations

import inspect
import textwrap
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import click
import pyoxigraph as ox

from kg import ontology, protocols, queries, registry
from kg.cli import main
from kg.ontology import PREFIXES

REFERENCE = Path(__file__).resolve().parent / "reference"
NOTE = "<!-- Made by `python3 tasks.py docs`; edit what it is made from. -->\n"
DOORS = {
    "reader": (protocols.Reader, "Reads the bytes of one format."),
    "annotator": (protocols.Annotator, "Puts one layer of marks on a document."),
    "extractor": (protocols.Extractor, "Reads facts from a document and its layers."),
    "store": (protocols.StoreKind, "Holds triples and answers SPARQL."),
    "exporter": (protocols.Exporter, "Writes a graph in one format."),
}
_COMMENT, _LABEL, _TYPE = (f"{PREFIXES[prefix]}{word}" for prefix, word in (("rdfs", "comment"), ("rdfs", "label"), ("rdf", "type")))
_DOMAIN, _RANGE = f"{PREFIXES['rdfs']}domain", f"{PREFIXES['rdfs']}range"
_KINDS = {"Class": "Classes of our own", "ObjectProperty": "Properties of our own", "DatatypeProperty": "Properties of our own"}


def cli() -> str:
    """Every command with its arguments, options and examples."""
    parts = ["# Commands\n", *_described(main), "## Options of `kg` itself\n", _options(main)]
    for name in main.list_commands(click.Context(main)):
        command = main.get_command(click.Context(main), name)
        assert command
        usage = " ".join(["kg", name, *(piece for param in command.params for piece in _usage(param))])
        parts += [f"## `kg {name}`\n", f"    {usage}\n", *_described(command), _options(command)]
    return "\n".join([NOTE, *filter(None, parts)])


def _described(command: click.Command) -> Iterator[str]:
    """The help; a paragraph that Click must not wrap is shown as it is."""
    for paragraph in inspect.cleandoc(command.help or "").split("\n\n"):
        if paragraph.startswith("\b"):
            heading, *lines = paragraph.splitlines()[1:]
            yield f"{heading}\n\n{textwrap.indent(textwrap.dedent(chr(10).join(lines)), '    ')}\n"
        else:
            yield f"{paragraph}\n"


def _usage(param: click.Parameter) -> Iterator[str]:
    if isinstance(param, click.Argument):
        name = (param.metavar or param.human_readable_name).strip("[]")
        yield (name if param.required else f"[{name}]") + ("…" if param.nargs == -1 and "..." not in name else "")
    elif param.name != "help":
        yield f"[{param.opts[0]}{'' if getattr(param, 'is_flag', False) else ' …'}]"


def _options(command: click.Command) -> str:
    options = [param for param in command.params if isinstance(param, click.Option)]
    rows = [(f"`{', '.join(param.opts)}`", _values(param), param.help or "") for param in options]
    return _table(("option", "values", "meaning"), rows) if rows else ""


def _values(param: click.Option) -> str:
    if param.is_flag:
        return ""
    values = ", ".join(map(str, param.type.choices)) if isinstance(param.type, click.Choice) else (param.metavar or param.type.name).lower()
    return f"{values} (default: {param.default})" if param.show_default is True else values


def vocabulary() -> str:
    """Every word that `ontology/kg.ttl` describes."""
    described: dict[str, dict[str, list[str]]] = {}
    for quad in ox.parse(path=str(ontology.folder() / "kg.ttl"), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode | ox.Literal):
            described.setdefault(quad.subject.value, {}).setdefault(quad.predicate.value, []).append(quad.object.value)
    sections: dict[str, list[tuple[str, ...]]] = {}
    for address, values in sorted(described.items()):
        if _COMMENT in values and (word := _short(address)):
            sections.setdefault(_section(word, values), []).append(_term(word, values))
    parts = [f"## {title}\n\n{_table(('word', 'from → to', 'meaning'), rows)}" for title, rows in sorted(sections.items())]
    prefixes = _table(("prefix", "stands for"), [(f"`{prefix}:`", f"<{address}>") for prefix, address in sorted(PREFIXES.items())])
    about = "The words of the graph. `kg` refuses any other; the file itself is `ontology/kg.ttl`.\n"
    return "\n".join([NOTE, "# Ontology\n", about, prefixes, *parts])


def _section(word: str, values: dict[str, list[str]]) -> str:
    if not word.startswith("kg:"):
        return "Words of others, as they are used here"
    return next((_KINDS[kind] for kind in (value.rsplit("#", 1)[-1] for value in values[_TYPE]) if kind in _KINDS), "Fixed values")


def _term(word: str, values: dict[str, list[str]]) -> tuple[str, ...]:
    ends = [" or ".join(sorted(filter(None, map(_short, values.get(end, []))))) for end in (_DOMAIN, _RANGE)]
    return f"`{word}`", " → ".join(ends) if any(ends) else "", values[_COMMENT][0].removeprefix("Profile use: ")


def _short(address: str) -> str:
    return next((f"{prefix}:{address[len(start) :]}" for prefix, start in PREFIXES.items() if address.startswith(start)), "")


def stock_queries() -> str:
    """Every stock query with its parameters."""
    parts = [NOTE, "# Stock queries\n", "Ask one with `kg query --name NAME PARAMETER=VALUE…`; `kg queries NAME` shows its text.\n"]
    for query in queries.stock().values():
        parts.append(f"## {query.name}\n\n{query.question}\n")
        if query.parameters:
            rows = [(f"`{parameter.name}`", parameter.kind, parameter.default, parameter.help) for parameter in query.parameters]
            parts.append(_table(("parameter", "kind", "default", "meaning"), rows))
    return "\n".join(parts)


def plugins() -> str:
    """Every door with its protocol, and what stands behind it."""
    parts = [NOTE, "# Plug-ins\n", "A plug-in is an entry point of the group named with each door; ours come in the same way.\n"]
    for door in registry.DOORS:
        protocol, about = DOORS[door]
        parts.append(f"## {door.capitalize()}s: `kg.{door}s`\n\n{about} The door is `kg.protocols.{protocol.__name__}`:\n")
        parts.append(f"```python\n{inspect.getsource(protocol).strip()}\n```\n")
        rows = [(f"`{plugin.name}`", _told(plugin)) for plugin in registry.plugins(door)]
        parts.append(_table((door, "what it does"), rows))
    return "\n".join(parts)


def _told(plugin: object) -> str:
    """The first sentence that describes a plug-in: of its class, else of its module."""
    text = inspect.getdoc(type(plugin)) or inspect.getdoc(inspect.getmodule(type(plugin))) or ""
    return " ".join(text.split("\n\n")[0].split())


def _table(headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [headers, tuple("---" for _ in headers), *rows]
    return "\n".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines) + "\n"


PAGES: dict[str, Callable[[], str]] = {"cli.md": cli, "ontology.md": vocabulary, "queries.md": stock_queries, "plugins.md": plugins}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (REFERENCE / name).write_text(page(), encoding="utf-8")
        click.echo(f"docs/reference/{name}")
