"""Coverage-guided fuzzing of every reader with atheris: any bytes give a document whose marks hold, or an `InputError`.

    python tests/benchmarks/fuzz_readers.py [reader …] [-max_total_time=60] [other options of libFuzzer]

A finding is written to the working directory as `crash-…`, `timeout-…` or `oom-…`, and stops the run.
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import atheris

with atheris.instrument_imports(include=["kg.readers"]):
    from kg import registry
    from kg.errors import InputError
    from kg.protocols import Reader

HOUSE = Path(__file__).parent.parent.parent
SECONDS_A_TEXT = 5


def main(arguments: list[str]) -> None:
    sys.path.insert(0, str(HOUSE))
    from tests.readers.holding import check

    names = [name for name in arguments if not name.startswith("-")] or [name for name in registry.names("reader") if name != "zip"]
    readers: list[Reader] = [registry.plugin("reader", name) for name in names]

    def once(data: bytes) -> None:
        if not data:
            return
        reader = readers[data[0] % len(readers)]
        try:
            document = reader.read(data[1:], "fuzzed")
        except InputError:
            return
        check(document)
        assert 0.0 <= reader.claims(document.text) <= 1.0

    samples = str(HOUSE / "tests" / "readers" / "samples")
    with TemporaryDirectory() as found:  # libFuzzer writes what it finds worth keeping into the first folder
        options = [option for option in arguments if option.startswith("-")]
        atheris.Setup([sys.argv[0], f"-timeout={SECONDS_A_TEXT}", "-max_len=4096", *options, found, samples], once)
        atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
