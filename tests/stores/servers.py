"""Servers that are not ours, on loopback, for as long as a test needs them."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import GraphError
from kg.stores.server import Server

OXIGRAPH = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
VIRTUOSO, ISQL = shutil.which("virtuoso-t"), shutil.which("isql-vt") or shutil.which("isql-virtuoso")
GRAPH = "https://example.org/graph"
_SETTINGS = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/virtuoso-temp.db
TransactionFile = {folder}/virtuoso-temp.trx
[Parameters]
ServerPort = {sql}
NumberOfBuffers = {buffers}
DirsAllowed = {allowed}
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 8
[SPARQL]
MaxQueryExecutionTime = {limit}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@contextmanager
def oxigraph(_folder: Path) -> Iterator[str]:
    if OXIGRAPH is None:
        pytest.skip("the oxigraph server is not installed: pip install oxigraph")
    port = free_port()
    with running([OXIGRAPH, "serve", "--bind", f"127.0.0.1:{port}"]) as process:
        yield ready(process, f"http://127.0.0.1:{port}")


@contextmanager
def virtuoso(folder: Path, buffers: int = 10_000, limit: int = 0, triples: Path | None = None) -> Iterator[str]:
    """With so many buffers of 8 KiB, a limit in seconds for each query unless it is 0, and the triples of a file in its graph."""
    if VIRTUOSO is None or ISQL is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource")
    http, sql = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    allowed = f"{folder}, {triples.parent}" if triples else str(folder)
    settings.write_text(_SETTINGS.format(folder=folder, allowed=allowed, http=http, sql=sql, buffers=buffers, limit=limit), encoding="utf-8")
    with running([VIRTUOSO, "+configfile", str(settings), "+foreground"]) as process:
        address = ready(process, f"http://127.0.0.1:{http}")
        grant = "GRANT SPARQL_UPDATE TO \"SPARQL\"; DB.DBA.RDF_DEFAULT_USER_PERMS_SET('nobody', 7);"
        load = f"ld_dir('{triples.parent}', '{triples.name}', '{GRAPH}'); rdf_loader_run(); checkpoint;" if triples else ""
        done = subprocess.run([ISQL, str(sql), "dba", "dba", f"exec={grant} {load}"], capture_output=True, text=True, timeout=1200, check=False)
        assert done.returncode == 0, done.stderr
        yield f"{address}#{GRAPH}"


@contextmanager
def running(command: list[str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def ready(process: subprocess.Popen[bytes], address: str) -> str:
    """The address, as soon as somebody answers SPARQL there."""
    for _ in range(300):
        try:
            Server().open(address)
        except GraphError:
            assert process.poll() is None, "the server ended"
            time.sleep(0.2)
        else:
            return address
    raise AssertionError(f"nobody answers at {address}")
