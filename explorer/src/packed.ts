/** What elements of the page hold as base 64. */

export function packed(id: string): Uint8Array<ArrayBuffer> {
  const letters = atob(document.getElementById(id)?.textContent?.trim() ?? "");
  const found = new Uint8Array(letters.length);
  for (let at = 0; at < letters.length; at += 1) found[at] = letters.charCodeAt(at);
  return found;
}

/** The bytes that were packed with gzip. */
export function unpacked(bytes: Uint8Array<ArrayBuffer>): Response {
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip")));
}
