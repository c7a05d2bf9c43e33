/** Which transport worked, for the browser’s session. */

const worked = new Map();

const memory = (base) => `weir.transport ${base}`;

export function remember(base, transport) {
  worked.set(base, transport);
  try {
    globalThis.sessionStorage?.setItem(memory(base), transport);
  } catch {
    // Storage is forbidden here; the page's own memory is enough.
  }
}

export function recall(base) {
  try {
    return worked.get(base) ?? globalThis.sessionStorage?.getItem(memory(base));
  } catch {
    return worked.get(base);
  }
}
