"""Takes out each guard in turn and asks its tests whether they notice: `python tests/benchmarks/guards.py [WORD…]`, a table in Markdown.

A test that passes without the guard that it is for is worth nothing.  Works in a copy of the project; a row is a threat, the file of its
guard, the guard as it is written, what stands there when it is taken out, and the tests.  `WORD` chooses rows by their threat.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent.parent
NOT_COPIED = shutil.ignore_patterns(".*", "node_modules", "__pycache__")
LONGEST = 180  # seconds; tests that hang have noticed


@dataclass(frozen=True)
class Guard:
    threat: str
    file: str
    written: str
    without: str
    tests: str


THREATS = "tests/service/test_threats.py"
GUARDS = (
    Guard("a query asks another server, in whatever spelling", "kg/sparql.py", "if _SERVICE.search(query):", "if False:", "tests/test_sparql.py"),
    Guard("the same, and the look at its text does not see it", "kg/service/jail.py", "machine is not None and _refuse(*machine)", "machine is not None", THREATS + " -k sockets"),
    Guard("a call of another interface of the kernel", "kg/service/jail.py", "(_EQUAL, 0, count + 3, architecture)", "(_EQUAL, 0, 0, architecture)", THREATS + " -k interface"),
    Guard("a worker writes files", "kg/service/jail.py", "resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))", "pass", THREATS + " -k confined"),
    Guard("a query takes all memory", "kg/service/jail.py", "resource.setrlimit(resource.RLIMIT_AS, (memory, memory))", "pass", THREATS + " -k confined"),
    Guard("work goes on after the service is gone", "kg/service/worker.py", "jail.die_with_parent()", "pass", THREATS + " -k nobody_at_work"),
    Guard("a query of 64 KiB and more", "kg/sparql.py", "if size > MAX_BYTES:", "if False:", "tests/test_sparql.py -k overflow"),
    Guard("brackets without end overflow the stack", "kg/sparql.py", "if _depth(query) > MAX_DEPTH:", "if False:", "tests/test_sparql.py -k overflow"),
    Guard("operators without end overflow the stack", "kg/sparql.py", "if query.count(operator) > limit:", "if False:", "tests/test_sparql.py -k overflow"),
    Guard("clauses without end overflow the stack", "kg/sparql.py", "if len(_CLAUSE.findall(query)) > MAX_CLAUSES:", "if False:", "tests/test_sparql.py -k overflow"),
    Guard("a value becomes a part of the query", "kg/sparql.py", "return ox.NamedNode(text)", "return type('N', (), {'__str__': lambda _: f'<{text}>'})()", "tests/test_sparql.py -k iri"),
    Guard("a query without end", "kg/service/pool.py", "if await _done(task, self.limits.deadline - self.limits.patience):", "if await _done(task, 99.0):", THREATS + " -k deadline"),
    Guard("long queries keep the others waiting", "kg/service/pool.py", "        self._spawn(self._add())\n        with", "        with", THREATS + " -k takes_its_work"),
    Guard("many long queries at once", "kg/service/pool.py", "if self.long >= self.limits.long:", "if False:", THREATS + " -k few_at_a_time"),
    Guard("a client that has left", "kg/service/responses.py", "return_when=asyncio.FIRST_COMPLETED", "return_when=asyncio.ALL_COMPLETED", THREATS + " -k leaves"),
    Guard("a worker whose files are gone", "kg/service/pool.py", " and not task.result().damaged", "", "tests/service/test_pool.py"),
    Guard("an answer of too many bytes or rows", "kg/service/output.py", "if self._left_bytes < 0 or self._left_rows < 0:", "if False:", THREATS + " -k answer"),
    Guard("an answer of the explorer's interface of too many bytes", "kg/service/worker.py", "if len(reply.body) <= room.size", "if True", "tests/service/test_api.py -k larger"),
    Guard("a name that leads to this machine (DNS rebinding)", "kg/service/guard.py", 'if not self._knows(headers.get("host", "")):', "if False:", THREATS + " -k hosts"),
    Guard("a page of another origin", "kg/service/guard.py", "if origin is not None and origin not in self.origins", "if False and origin not in self.origins", THREATS + " -k origins"),
    Guard("a body without end", "kg/service/guard.py", "if self.left < 0:", "if False:", THREATS + " -k body_in_pieces"),
    Guard("an address without end", "kg/service/guard.py", "if len(scope[\"raw_path\"]) + len(scope[\"query_string\"]) > self.limits.target:", "if False:", THREATS + " -k long_addresses"),
    Guard("a head that does not arrive", "kg/service/server.py", "self._clock = self.loop.call_later(self.silence, self.transport.close)", "pass", THREATS + " -k slow"),
    Guard("a body that does not arrive", "kg/service/guard.py", "max(0.0, self.until - time.monotonic())", "99.0", THREATS + " -k slow"),
    Guard("connections without number", "kg/service/server.py", "limit_concurrency=limits.connections,", "", THREATS + " -k connections"),
    Guard("a refusal that its client never sees", "kg/service/guard.py", "await asyncio.wait_for(_rest(receive), LINGER)", "pass", "tests/service/test_guard.py"),
    Guard("a refused body without end", "kg/service/guard.py", "while left > 0:", "while True:", "tests/service/test_guard.py"),
    Guard("words of a document become markup of a page", "kg/service/pages.py", "return escape(text)", "return text", "tests/service/test_api.py -k 'markup or addresses_of_the_web'"),
    Guard("an address that runs a script", "kg/service/pages.py", 'if iri.startswith(("https://", "http://")):', "if True:", "tests/service/test_api.py -k addresses_of_the_web"),
    Guard("the explorer's work is done outside the workers", "kg/service/explorer.py", 'return await answered(request, "part", {"iri": iri})', "from starlette.responses import JSONResponse; return JSONResponse(part.around(open_graph(request.app.state.pool.directory).store, iri))", "tests/service/test_api.py -k told_by_a_worker"),
    Guard("the network is used though nobody allowed it", "kg/spool.py", "if not allow_net:", "if False:", "tests/readers/test_address.py -k unless"),
    Guard("an address inside this network", "kg/readers/address.py", "if not all(map(allowed, addresses)):", "if False:", "tests/readers/test_address.py"),
    Guard("a name that changes its mind", "kg/readers/address.py", "socket.create_connection((addresses[0], port)", "socket.create_connection((socket.getaddrinfo(host, port)[0][4][0], port)", "tests/readers/test_address.py -k mind"),
    Guard("a page that leads on for ever", "kg/readers/address.py", "range(MAX_REDIRECTIONS + 1)", "range(30)", "tests/readers/test_address.py -k redirections_have"),
    Guard("a page that leads to a file", "kg/readers/address.py", 'if parts.scheme.lower() not in ("http", "https") or not parts.hostname:', "if not parts.hostname:", "tests/readers/test_address.py -k failures"),
    Guard("a page without end", "kg/readers/address.py", "if len(data) > LIMIT:", "if False:", "tests/readers/test_address.py -k much"),
    Guard("an answer of a record service without end", "kg/records/client.py", "if len(data) > LIMIT:", "if False:", "tests/records/test_client.py -k without_end"),
    Guard("a record service that leads elsewhere", "kg/records/client.py", "urllib.request.build_opener(_SameHost)", "urllib.request.build_opener()", "tests/records/test_client.py -k leads"),
    Guard("a pipe or a device as a document", "kg/inputs.py", "if not stat.S_ISREG(status.st_mode):", "if False:", "tests/test_inputs.py -k regular"),
    Guard("a document without end", "kg/inputs.py", "if status.st_size > LIMIT:", "if False:", "tests/test_inputs.py -k huge"),
    Guard("text without end", "kg/readers/decoding.py", "if len(data) > LIMIT:", "if False:", "tests/readers/test_limits.py -k text_over"),
    Guard("a line without end", "kg/readers/decoding.py", "> longest_line:", "> 10**12:", "tests/readers/test_limits.py -k text_over"),
    Guard("control characters in a text", "kg/readers/decoding.py", "if _HAS_CONTROLS.search(text):", "if False:", "tests/readers/test_limits.py -k control"),
    Guard("JSON nested without end", "kg/readers/jsontext.py", "if len(stack) > MAX_DEPTH:", "if False:", "tests/readers/test_limits.py -k json"),
    Guard("what is no JSON in JSON", "kg/readers/jsontext.py", "parse_constant=lambda word: _no_number(word, locator), ", "", "tests/readers/test_limits.py -k json"),
    Guard("YAML nested without end", "kg/readers/yamltext.py", "if len(stack) > MAX_DEPTH:", "if False:", "tests/readers/test_limits.py -k yaml"),
    Guard("an archive that unpacks to too much", "kg/readers/archive.py", "if entry.file_size > max(_RATIO_FROM, MAX_RATIO * entry.compress_size):", "if False:", "tests/readers/test_archive.py -k bomb"),
    Guard("an archive of too many documents", "kg/readers/archive.py", "if len(entries) > MAX_MEMBERS:", "if False:", "tests/readers/test_archive.py -k many"),
    Guard("entities in a Word document", "kg/readers/docx.py", 'if b"<!DOCTYPE" in written', 'if b"<!NONE" in written', "tests/readers/test_limits.py -k entities"),
    Guard("a Word document that unpacks to too much", "kg/readers/docx.py", "if len(written) > LIMIT:", "if False:", "tests/readers/test_limits.py -k unpacks"),
    Guard("blocks of a Word document nested without end", "kg/readers/docx.py", 'yield from (self._paragraph(child) for child in node.iter() if _local(child) == "p")', "pass", "tests/readers/test_limits.py -k word_document_that"),
    Guard("runs of a Word document nested without end", "kg/readers/docx.py", 'yield from (self._run(child, target) for child in _inside(node, "r"))', "pass", "tests/readers/test_limits.py -k word_document_that"),
    Guard("a PDF without end", "kg/readers/pdf.py", "if len(file.pages) > MAX_PAGES:", "if False:", "tests/readers/test_limits.py -k pdf"),
    Guard("entities in RDF", "kg/importing.py", 'if form == ox.RdfFormat.RDF_XML and (b"<!DOCTYPE" in data or b"<!ENTITY" in data):', "if False:", "tests/test_importing.py"),
    Guard("RDF nested without end", "kg/importing.py", 'if data.count(b"<<(") > DEEPEST or data.count(b"<< ") > DEEPEST:', "if False:", "tests/test_importing.py"),
    Guard("a formula in a table", "kg/exporters/csv.py", "if value.startswith(_FORMULA)", "if False", "tests/exporters/test_tables.py"),
    Guard("a title ends the script of a page", "kg/exporters/explorer/page.py", 'for letter in "<>&\\u2028\\u2029"', 'for letter in ""', "tests/exporters/test_explorer.py -k hostile"),
    Guard("two builds at once", "kg/staging.py", "with lock.acquire(timeout=0):", "if True:", "tests/test_staging.py -k second"),
    Guard("a reader between the old graph and the new", "kg/staging.py", "if not _exchange(self.folder, self.target):", "if True:", "tests/test_staging.py -k always"),
    Guard("a power cut after the swap", "kg/staging.py", "        _flush_all(self.folder)\n", "", "tests/test_staging.py -k on_the_disk"),
    Guard("a directory of something else", "kg/staging.py", "            _refuse_foreign(target)\n", "", "tests/test_staging.py -k something_else"),
    Guard("a graph replaced while it is opened", "kg/graph.py", "if _state(found) == before:  #", "if True:  #", "tests/test_graph.py -k replaced"),
    Guard("a store whose list of files was cut short", "kg/stores/oxigraph.py", 'and len(list(path.glob("*.sst"))) > 1', "and False", "tests/stores/test_faults.py -k damaged_file"),
    Guard("a server that leads elsewhere", "kg/stores/http.py", "build_opener(_Stay, ", "build_opener(", "tests/stores/test_upload.py tests/stores/test_contract.py"),
)  # fmt: skip


def taken_out(guard: Guard, copy: Path) -> str:
    """What the tests say without the guard."""
    file = copy / guard.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(whole.replace(guard.written, guard.without), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *shlex.split(guard.tests)]
    try:
        own = {**os.environ, "PYTHONPATH": str(copy)}
        done = subprocess.run(command, cwd=copy, env=own, capture_output=True, text=True, timeout=LONGEST, check=False)
    except subprocess.TimeoutExpired:
        return "hangs"
    finally:
        file.write_text(whole, encoding="utf-8")
    failed = [
        line.split("::")[1].split(" ")[0].split("[")[0] for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR")) and "::" in line
    ]
    return failed[0] if failed else "nobody" if done.returncode == 0 else f"exit {done.returncode}"


def main() -> None:
    wanted = [guard for guard in GUARDS if not sys.argv[1:] or any(word in guard.threat for word in sys.argv[1:])]
    print("| threat | guard | noticed by |\n|---|---|---|")
    with TemporaryDirectory() as place:
        copy = Path(place) / "project"
        shutil.copytree(ROOT, copy, ignore=NOT_COPIED)
        seen = {}
        for guard in wanted:
            seen[guard.threat] = taken_out(guard, copy)
            print(f"| {guard.threat} | `{guard.file}` | {seen[guard.threat]} |", flush=True)
    missed = [threat for threat, found in seen.items() if found == "nobody"]
    print(f"{len(wanted)} guards; noticed by nobody: {missed or 'none'}")


if __name__ == "__main__":
    main()
