"""The command that tells how far a build on a cluster is."""

from __future__ import annotations

import time
from pathlib import Path

import click

from kg import manifest, status
from kg.cli.table import table
from kg.errors import GraphError
from kg.status import Status

_SILENT = 60.0  # seconds after which a build has probably ended without a word


@click.command("status")
@click.option("--out", default="graph", show_default=True, type=click.Path(file_okay=False), help="The graph's directory.")
def status_command(out: str) -> None:
    """Shows how far a build on a cluster is: documents, rate, time left, the slowest partitions.

    \b
    Example:
      kg status --out graph
    """
    found = status.read(Path(out))
    if found is not None:
        _tell(found)
    elif (made := manifest.read(Path(out))) is not None:
        click.echo(f"no build on a cluster is at work; {out} holds {len(made.documents):,} documents, {len(made.failures):,} could not be read")
    else:
        raise GraphError(f"no build on a cluster is at work on {out}, and it holds no graph")


COMMANDS = (status_command,)


def _tell(found: Status) -> None:
    silent = time.time() - found.heard
    click.echo(f"{found.step}; began {_span(time.time() - found.began)} ago")
    if silent > _SILENT and found.step == "reading":
        click.echo(f"nothing was heard for {_span(silent)}: the cluster is slow, or the build was killed and goes on when it is run again")
    before = f", {found.before:,} of them by an earlier run" if found.before else ""
    click.echo(f"{found.done:,} of {found.partitions:,} partitions are read{before}: {found.documents:,} documents, {found.failed:,} cannot be read")
    if found.rate:
        each = f", {found.rate / found.workers:.1f} for each of {found.workers} threads" if found.workers else ""
        click.echo(f"{found.rate:.1f} documents a second{each}; {_span(found.left)} left for reading")
    if found.slowest:
        click.echo(table(("seconds", "slowest partitions", "worker"), [(f"{seconds:.1f}", name, worker) for seconds, name, worker in found.slowest]))


def _span(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min {rest} s" if minutes else f"{rest} s"
