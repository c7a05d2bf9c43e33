/** Texts and addresses of the wire. */

export function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** 128 random bits in hexadecimal; a command's id. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Where the application is: what was said, else where `weir.js` came from. */
export function baseOf({ base }) {
  const home = new URL('..', import.meta.url);
  const here = globalThis.location?.href ?? home;
  return new URL(base ?? '.', base ? here : home).href.replace(/\/?$/, '/');
}

const isOurs = (answer) => (answer.headers.get('content-type') ?? '').includes('json');

/** A node that is there and takes nothing now, for it goes out of service. */
export const isBusy = (answer) => answer?.status === 503 && isOurs(answer);

/** 401 and 404 count only when it is Weir that says so: a proxy's or a starting server's page is an outage. */
export function reasonOf(answer) {
  if (answer.ok) return { state: 'ok' };
  const ours = isOurs(answer);
  if (ours && answer.status === 401) return { state: 'signed-out' };
  if (ours && (answer.status === 404 || answer.status === 403)) return { state: 'gone' };
  return { state: 'unreachable' };
}
