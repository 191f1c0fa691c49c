"""The parts of a graph directory that follow from its triples: the store, and the tables of what is asked often."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox

from kg import tables
from kg.errors import GraphError
from kg.stores.oxigraph import OnDisk

TRIPLES, STORE = "graph.nt", "store"


def fill(folder: Path) -> None:
    """Makes the store and the tables of a folder that holds the triples, whatever a killed build left of them there.

    `GraphError` if the disk does not take them.
    """
    for name in (STORE, tables.FOLDER):
        shutil.rmtree(folder / name, ignore_errors=True)
    store = OnDisk().create(folder / STORE)
    try:
        store.inner.bulk_load(path=str(folder / TRIPLES), format=ox.RdfFormat.N_TRIPLES)
        store.inner.flush()
        tables.write(store, folder / tables.FOLDER)
    except OSError as error:
        raise GraphError(f"the store cannot be written: {error}; free some space and build again") from error
