"""One HTML page that opens anywhere: no address in it leads to a network, and no text of a document becomes markup."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

_STYLE = """
:root{color-scheme:light dark;--ink:#1c2430;--paper:#fdfcf9;--faint:#687080;--line:#d9d6cc;--add:#d8f0dc;--del:#f8dcd8;--gave:#dcebfa;--refused:#fbe9c6;--missed:#f1eff6}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8ec;--paper:#171a20;--faint:#98a0ae;--line:#363c48;--add:#1e4229;--del:#52241f;--gave:#1d3a57;--refused:#50401a;--missed:#292734}}
body{font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:62rem;margin:2rem auto;padding:0 1rem}
h1{font-size:1.6rem}h2{font-size:1.2rem;margin-top:2rem}h3{font-size:1rem;margin-bottom:.3rem}
table{border-collapse:collapse}th,td{padding:.25rem .8rem .25rem 0;text-align:left;border-bottom:1px solid var(--line);vertical-align:top}td.number{text-align:right;font-variant-numeric:tabular-nums}
ul{padding-left:1.2rem}ins,del{text-decoration:none;border-radius:3px;padding:0 .2rem}ins{background:var(--add)}del{background:var(--del)}
.text{white-space:pre-wrap;overflow-wrap:anywhere;border-left:3px solid var(--line);padding-left:1rem}.faint{color:var(--faint)}mark{color:inherit;border-radius:3px}
mark.gave{background:var(--gave)}mark.refused{background:var(--refused)}mark.missed{background:var(--missed)}button{font:inherit;font-size:.8rem}
"""


def page(title: str, body: Iterable[str], script: str = "") -> str:
    """A whole page; `body` is markup, so whoever makes it escapes its texts with `text`."""
    code = f"<script>{script}</script>" if script else ""
    policy = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><meta name="viewport" content="width=device-width">'
    return (
        f"<!doctype html><html lang=en>{head}<title>{text(title)}</title><style>{_STYLE}</style><h1>{text(title)}</h1>{''.join(body)}{code}</html>\n"
    )


def text(words: object) -> str:
    """Characters as characters, in markup and in attributes."""
    return escape(str(words), quote=True)


def rows(headers: Iterable[str], cells: Iterable[Iterable[object]]) -> str:
    """A table; numbers stand to the right."""
    head = "".join(f"<th>{text(header)}" for header in headers)
    return f"<table><tr>{head}{''.join(f'<tr>{_row(row)}' for row in cells)}</table>"


def _row(cells: Iterable[object]) -> str:
    return "".join(f'<td class="number">{_number(cell)}' if isinstance(cell, int | float) else f"<td>{text(cell)}" for cell in cells)


def _number(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
