/** What the page and the query engine say to each other. */

export type Question =
  | { readonly kind: "start"; readonly engine: Uint8Array<ArrayBuffer>; readonly triples: Uint8Array<ArrayBuffer> }
  | { readonly kind: "ask"; readonly query: string };

export interface Cell {
  readonly text: string;
  readonly isAddress: boolean;
}

export type Answer =
  | { readonly kind: "ready"; readonly triples: number }
  | { readonly kind: "truth"; readonly value: boolean }
  | { readonly kind: "rows"; readonly columns: readonly string[]; readonly rows: readonly (readonly (Cell | null)[])[]; readonly all: number }
  | { readonly kind: "failed"; readonly reason: string };
