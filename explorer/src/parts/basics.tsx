/** The smallest parts: links to things, opinions, lists that open, fields that pick a thing. */

import type { ComponentChildren, JSX } from "preact";
import { useEffect, useId, useMemo, useState } from "preact/hooks";
import { usePage } from "../context.ts";
import type { Thing } from "../graph.ts";
import { OPINION_LOOKS, look } from "../looks.ts";
import { search } from "../search.ts";
import { called } from "../served.ts";
import { OPINION_NAMES, T, kindName } from "../texts.ts";

const UNKNOWN: Thing = { id: -1, address: "", kind: "", label: "", year: 0, x: 0, y: 0, community: -1, attention: 0, details: {} };
/** Milliseconds without a key before the server is asked. */
const TYPING = 150;

export function Sign({ kind }: { readonly kind: string }): JSX.Element {
  const { sign, colour } = look(kind);
  return <span class="sign" style={{ color: colour }} aria-hidden="true">{sign}</span>;
}

/** A link that opens a thing, from whatever page. */
export function ThingLink({ thing, children }: { readonly thing: Thing; readonly children?: ComponentChildren }): JSX.Element {
  const { href, view } = usePage();
  return (
    <a class="thing" href={href({ thing: thing.id, path: [] })} aria-current={view.thing === thing.id ? "true" : undefined} title={kindName(thing.kind)}>
      <Sign kind={thing.kind} />{children ?? thing.label}
    </a>
  );
}

export function People({ ids }: { readonly ids: readonly number[] }): JSX.Element {
  const { graph } = usePage();
  if (!ids.length) return <>{T.unnamed}</>;
  return <>{ids.map((id, number) => <span key={id}>{number ? ", " : ""}<ThingLink thing={graph.at(id)} /></span>)}</>;
}

export function Opinion({ opinion }: { readonly opinion: string }): JSX.Element {
  const colours = OPINION_LOOKS[opinion];
  return <span class={`opinion ${opinion || "none"}`}>{colours ? <span aria-hidden="true">{colours.sign} </span> : null}{OPINION_NAMES[opinion] ?? opinion}</span>;
}

/** A list of which only the first are shown until asked for. */
export function Some<V>({ of, most = 8, each }: { readonly of: readonly V[]; readonly most?: number; readonly each: (value: V, number: number) => JSX.Element }): JSX.Element {
  const [open, setOpen] = useState(false);
  const shown = open ? of : of.slice(0, most);
  return (
    <>
      <ul class="plain">{shown.map(each)}</ul>
      {of.length > shown.length ? <button type="button" class="quiet" onClick={() => setOpen(true)}>{T.more(of.length - shown.length)}</button> : null}
    </>
  );
}

/** An address that leaves the page: only of the web, and telling the other side nothing. */
export function Outside({ url, children }: { readonly url: string; readonly children?: ComponentChildren }): JSX.Element {
  if (!/^https?:\/\//i.test(url)) return <>{children ?? url}</>;
  return <a class="outside" href={url} target="_blank" rel="noopener noreferrer" referrerpolicy="no-referrer">{children ?? url.replace(/^https?:\/\/(www\.)?/i, "")}</a>;
}

interface PickProps {
  readonly label: string;
  readonly placeholder?: string;
  readonly from: readonly Thing[];
  readonly onPick: (thing: Thing) => void;
  /** Where the page holds a part of the graph, the server is asked as well, and things of the rest are picked by their address. */
  readonly onPickAddress?: (address: string) => void;
  readonly hotkey?: string;
  readonly class?: string;
}

/** A field with suggestions, as the combobox of https://www.w3.org/WAI/ARIA/apg/patterns/combobox/. */
export function Pick({ label, placeholder, from, onPick, onPickAddress, hotkey, class: name }: PickProps): JSX.Element {
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const id = useId();
  const elsewhere = useElsewhere(onPickAddress && open ? text.trim() : "");
  const found = useMemo(() => (open ? search([...from, ...elsewhere], text) : []), [from, text, open, elsewhere]);
  const pick = (thing: Thing | undefined): void => {
    if (!thing) return;
    setText("");
    setOpen(false);
    if (thing.id >= 0) onPick(thing);
    else onPickAddress?.(thing.address);
  };
  const keys = (event: KeyboardEvent): void => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      setAt((found.length + at + (event.key === "ArrowDown" ? 1 : -1)) % Math.max(1, found.length));
    } else if (event.key === "Enter") {
      event.preventDefault();
      pick(found[at]);
    } else if (event.key === "Escape") {
      setOpen(false);
    }
  };
  const typed = (typing: string): void => {
    setText(typing);
    setAt(0);
    setOpen(true);
  };
  const listed = open && text.trim() !== "";
  return (
    <div class={`pick ${name ?? ""}`}>
      <input
        type="text" role="combobox" value={text} placeholder={placeholder ?? label} aria-label={label} aria-expanded={listed} aria-controls={`${id}list`}
        aria-autocomplete="list" aria-activedescendant={listed && found[at] ? `${id}${at}` : undefined} autocomplete="off" data-hotkey={hotkey}
        onInput={(event) => typed(event.currentTarget.value)} onKeyDown={keys} onFocus={() => setOpen(true)} onBlur={() => setOpen(false)}
      />
      <ul id={`${id}list`} role="listbox" aria-label={T.results} hidden={!listed}>
        {found.map((thing, number) => (
          <li key={thing.address} id={`${id}${number}`} role="option" aria-selected={number === at} onPointerDown={(event) => { event.preventDefault(); pick(thing); }}>
            <Sign kind={thing.kind} /><span class="name">{thing.label}</span><span class="kind">{kindName(thing.kind)}{thing.year ? ` ${thing.year}` : ""}</span>
          </li>
        ))}
        {listed && !found.length ? <li role="option" aria-selected="false" aria-disabled="true">{T.nothingFound}</li> : null}
      </ul>
    </div>
  );
}

/** Things that only the server knows, for what is typed. */
function useElsewhere(text: string): readonly Thing[] {
  const { graph } = usePage();
  const [found, setFound] = useState<readonly Thing[]>([]);
  useEffect(() => {
    if (!graph.part || !text) {
      setFound([]);
      return undefined;
    }
    let wanted = true;
    const later = window.setTimeout(async () => {
      const answer = await called(text);
      if (wanted) setFound(answer.filter(({ iri }) => graph.find(iri) < 0).map(({ iri, kind, label }) => ({ ...UNKNOWN, address: iri, kind, label })));
    }, TYPING);
    return () => {
      wanted = false;
      window.clearTimeout(later);
    };
  }, [graph, text]);
  return found;
}
