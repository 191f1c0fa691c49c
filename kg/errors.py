"""What can go wrong, as one tree.

    KgError
    ├── InputError           a source cannot be read: names the file and the place
    │   ├── UnknownFormat    no reader takes it
    │   └── TooLarge         over a limit that protects the machine
    ├── OntologyError        a word that the ontology does not define, or a broken ontology file
    ├── UnknownPlugin        a door has nothing under that name: lists what there is
    ├── LayerMissing         an annotator or extractor asks for a layer that nobody made
    ├── GraphError           the graph directory is absent, damaged or in use
    ├── QueryError           a query is wrong or not allowed
    └── ExportError          a product cannot be written

Every message says what to do next.  Facts about the failure are attributes, so that callers need not parse the words.
"""


class KgError(Exception):
    """The root: the command line prints its words on one line and exits with 1."""


class InputError(KgError):
    """A source cannot be read.  `locator` names it, `reason` says why."""

    def __init__(self, locator: str, reason: str) -> None:
        super().__init__(f"{locator}: {reason}")
        self.locator = locator
        self.reason = reason

    def __reduce__(self) -> tuple[type["InputError"], tuple[str, str]]:
        return type(self), (self.locator, self.reason)


class UnknownFormat(InputError):
    """No reader takes this source."""


class TooLarge(InputError):
    """The source is over a limit that protects the machine."""


class OntologyError(KgError):
    """A word that the ontology does not define, or an ontology file that does not hold together."""


class UnknownPlugin(KgError):
    """A door has nothing under that name."""

    def __init__(self, door: str, name: str, available: tuple[str, ...]) -> None:
        super().__init__(f"no {door} is called {name!r}; there are: {', '.join(available) or 'none'}")
        self.door = door
        self.name = name
        self.available = available


class LayerMissing(KgError):
    """A layer was asked for that no annotator has made."""

    def __init__(self, name: str, available: tuple[str, ...]) -> None:
        super().__init__(f"the document has no layer {name!r}; it has: {', '.join(available) or 'none'}")
        self.name = name
        self.available = available


class GraphError(KgError):
    """The graph directory is absent, damaged or in use."""


class QueryError(KgError):
    """A query is wrong or not allowed."""


class ExportError(KgError):
    """A product cannot be written."""
