"""Sets the project up and runs it, with nothing but Python 3.11 and pip: `python3 tasks.py demo | test | check | bench | docs | page`.

The first call makes `.venv` and installs the project with what the task needs; later calls see that nothing changed and start at once.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import shlex
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
STAMP = VENV / "tasks.json"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# What the demonstration writes into exports/.
PRODUCTS = {
    "turtle": "graph.ttl",
    "jsonld": "graph.jsonld",
    "graphml": "graph.graphml",
    "csv": "graph.csv.zip",
    "bibtex": "papers.bib",
    "pyvis": "graph.html",
}
QUESTIONS = (
    ("awards",),
    ("papers-by-task", "task=speech synthesis"),
    ("opinions-on-paper", "paper=HiFi-GAN"),
)


def main() -> int:
    """Runs one task and gives its exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("task", choices=sorted(TASKS), help="; ".join(f"{name}: {about}" for name, (about, _, _) in sorted(TASKS.items())))
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to pytest or to the benchmark")
    asked = parser.parse_args()
    if sys.version_info < (3, 11):  # noqa: UP036 - an older Python is told so here
        parser.error(f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}")
    _, group, work = TASKS[asked.task]
    set_up(group)
    return work(asked.arguments)


def set_up(group: str | None) -> None:
    """Makes the environment and installs the project with a dependency group, unless that was done for this pyproject.toml."""
    import tomllib

    text = (ROOT / "pyproject.toml").read_bytes()
    state = hashlib.sha256(text + sys.version.encode()).hexdigest()
    wanted = set(requirements(tomllib.loads(text.decode())["dependency-groups"], group)) if group else set()
    there = installed(state)
    if there is not None and wanted <= there:
        return
    if not PYTHON.exists():
        print("Making .venv", flush=True)
        venv.create(VENV, with_pip=False)
    print("Installing the project and what it needs; this takes a minute the first time", flush=True)
    quiet = ("--quiet", "--disable-pip-version-check")
    command = [sys.executable, "-m", "pip", "--python", str(VENV), "install", *quiet, "--editable", str(ROOT), *sorted(wanted)]
    if subprocess.run(command, check=False).returncode:
        sys.exit("tasks.py: pip could not install the packages; the reason stands above (pip 22.3 or newer and a package index are needed)")
    STAMP.write_text(json.dumps({"state": state, "packages": sorted(wanted | (there or set()))}) + "\n", encoding="utf-8")


def installed(state: str) -> set[str] | None:
    """What was installed besides the project in this state; none if the state is another one."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return set(stamp["packages"]) if stamp["state"] == state and PYTHON.exists() else None


def requirements(groups: dict[str, list[str | dict[str, str]]], name: str) -> Iterator[str]:
    """The packages of a dependency group and of those that it includes (PEP 735; pip before 25.1 does not read groups)."""
    for item in groups[name]:
        if isinstance(item, str):
            yield item
        else:
            yield from requirements(groups, item["include-group"])


def demo(_arguments: list[str]) -> int:
    """Builds a graph from examples/, writes products into exports/, asks three questions."""
    (ROOT / "exports").mkdir(exist_ok=True)
    status = kg("build", "examples", "--out", "graph")
    for form, name in PRODUCTS.items():
        status = status or kg("export", form, "--graph", "graph", "-o", f"exports/{name}")
    for name, *parameters in QUESTIONS:
        status = status or kg("query", "--graph", "graph", "--name", name, *parameters)
    if not status:
        page = (ROOT / "exports" / PRODUCTS["pyvis"]).as_uri()
        print(f"\nOpen {page} in a browser: the whole graph on one page, with the sentence behind each line.")
    return status


def kg(*arguments: str) -> int:
    """Runs and shows a command as a user types it."""
    print(f"\n$ kg {shlex.join(arguments)}", flush=True)
    return run("-m", "kg", *arguments)


def test(arguments: list[str]) -> int:
    """Runs the tests; those in a browser skip where there is none."""
    install_browser()
    return run("-m", "pytest", *arguments)


def install_browser() -> None:
    """Takes Chromium from the system's packages where we may; elsewhere the browser tests say that they skip."""
    if any(map(shutil.which, BROWSERS)) or not shutil.which("apt-get") or getattr(os, "geteuid", lambda: 1)() != 0:
        return
    print("Installing Chromium for the browser tests", flush=True)
    for command in (["apt-get", "update", "-qq"], ["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"]):
        if subprocess.run(command, check=False, stdout=subprocess.DEVNULL, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}).returncode:
            print("Chromium could not be installed; the browser tests will skip", flush=True)
            return


def check(_arguments: list[str]) -> int:
    """Runs the linter, the formatter's check and the type checker; all of them, also after a failure."""
    commands = (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy", "--strict", "kg", "tasks.py"))
    return max([run("-m", *command) for command in commands])


def bench(arguments: list[str]) -> int:
    """Measures time and memory of builds."""
    return run("tests/benchmarks/builds.py", *arguments)


def docs(_arguments: list[str]) -> int:
    """Writes docs/reference/ anew from the program and the ontology."""
    return run("docs/generate.py")


def page(_arguments: list[str]) -> int:
    """Builds the explorer's page out of explorer/ with Node 20 or newer; the bundle is committed, so that only who changes it needs this."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("tasks.py: the page is built by npm; install Node 20 or newer, on Debian: apt-get install nodejs npm")
    for command in ([npm, "ci", "--no-audit", "--no-fund"], [npm, "run", "build"]):
        if status := subprocess.run(command, cwd=ROOT / "explorer", check=False).returncode:
            return status
    return 0


def run(*arguments: str) -> int:
    """Runs Python of the environment in the project's folder and gives its exit status."""
    return subprocess.run([str(PYTHON), *arguments], cwd=ROOT, check=False).returncode


TASKS = {
    "demo": ("build the examples' graph and show what is in it", None, demo),
    "test": ("run the tests", "test", test),
    "check": ("lint and type-check", "check", check),
    "bench": ("measure builds", None, bench),
    "docs": ("write the generated reference pages", None, docs),
    "page": ("build the explorer's page out of explorer/", None, page),
}

if __name__ == "__main__":
    sys.exit(main())
