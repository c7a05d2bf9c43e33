/** What every test here needs: a signed-in caller, a room, a wire that can be cut, a log to compare with. */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { EventSource as PlainEventSource } from 'eventsource';
import { WebSocket as PlainWebSocket } from 'ws';

const { WEIR_ADDRESS, WEIR_LOGIN, WEIR_PASSWORD } = process.env;
export const ADDRESS = WEIR_ADDRESS;
const plainFetch = globalThis.fetch;

async function signIn() {
  const body = new URLSearchParams({ login: WEIR_LOGIN, password: WEIR_PASSWORD });
  const answer = await fetch(`${ADDRESS}/sign-in`, { method: 'POST', body, redirect: 'manual' });
  const cookie = answer.headers.getSetCookie().find((text) => text.startsWith('weir-session='));
  if (!cookie) throw new Error(`no sign-in: ${answer.status} ${answer.headers.get('location')}`);
  return cookie.split(';')[0];
}

export const HEADERS = { Cookie: await signIn() };

/** Browsers send the cookie by themselves; in Node it has to be put in. */
export class WebSocket extends PlainWebSocket {
  constructor(address) {
    super(address, { headers: HEADERS });
  }
}

export class EventSource extends PlainEventSource {
  constructor(address) {
    super(address, { fetch: (url, init) => plainFetch(url, { ...init, headers: { ...init.headers, ...HEADERS } }) });
  }
}

export const signedInFetch = (url, init = {}) => plainFetch(url, { ...init, headers: { ...init.headers, ...HEADERS } });

/** The client as the server hands it out. */
export async function weirJs() {
  const folder = await mkdtemp(join(tmpdir(), 'weir-'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  await take('weir.js', folder);
  return import(pathToFileURL(join(folder, 'weir.js')));
}

/** A module and those that it imports. */
async function take(path, folder) {
  const file = join(folder, path);
  if (existsSync(file)) return;
  const text = await (await fetch(`${ADDRESS}/${path}`)).text();
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  for (const [, other] of text.matchAll(/from '(\.[^']+)'/g)) await take(join(dirname(path), other), folder);
}

/** A relay before the server that breaks every connection after a number of bytes, or at once. */
export async function wire() {
  const { hostname, port } = new URL(ADDRESS);
  const pairs = new Set();
  let limit = Infinity;
  const server = net.createServer((near) => {
    const far = net.connect(port, hostname);
    let left = limit;
    const end = () => (near.destroy(), far.destroy(), pairs.delete(end));
    pairs.add(end);
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => {
      near.write(data.subarray(0, left));
      left -= data.length;
      if (left <= 0) setImmediate(end);
    });
    for (const side of [near, far]) side.on('error', end).on('close', end);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  return {
    address: `http://127.0.0.1:${server.address().port}`,
    /** From now on a new connection carries only so many bytes down. */
    limit: (bytes) => (limit = bytes),
    cut: () => pairs.forEach((end) => end()),
    close: () => (pairs.forEach((end) => end()), server.close()),
  };
}

export async function until(condition, what, seconds = 30) {
  for (const end = Date.now() + seconds * 1000; Date.now() < end; await new Promise((done) => setTimeout(done, 10))) {
    const met = await condition();
    if (met) return met;
  }
  throw new Error(`not within ${seconds} s: ${what}`);
}

/** What a client was told, as the log has it: events after the first snapshot, by number. */
export class Told {
  events = [];
  snapshots = 0;
  cursor = '';

  take(frame) {
    if (!frame.events) return;
    if (frame.snapshot) this.snapshots++;
    else this.events.push(...frame.events);
    this.cursor = frame.cursor;
  }

  text = (branch) => this.events.filter((event) => event.type === 'delta' && event.branch === branch).map(({ text }) => text).join('');

  ended = () => this.events.find(({ type }) => type === 'turn-ended');

  answer = () => this.events.findLast(({ type, from }) => type === 'message' && from.kind === 'model');

  /** The numbers from the first event told to the last: without gaps and repeats they count up by one. */
  isWhole = () => this.events.every(({ seq }, i) => i === 0 || seq === this.events[i - 1].seq + 1);
}
