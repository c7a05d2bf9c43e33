/** Following a room. */
import { fresh, later } from './cursor.js';
import { WeirError } from './error.js';
import { recall, remember } from './memory.js';
import { Places } from './places.js';
import { OPENERS, TRANSPORTS } from './transports.js';
import { isBusy, newId, read, reasonOf } from './wire.js';

/** Milliseconds; `pace` in the options of connect() overrides single ones. */
const PACE = { move: 200, first: 500, cap: 10_000, silence: 40_000, opening: 10_000, grace: 1_000, resend: 20_000, typing: 3_000 };

/**
 * Follows a room.
 *
 * @param options `room`; `base` (address of the application, default: where this module came from); `nodes` (addresses of
 *   further nodes, to which the stream adds those it tells of) or `places` (the same for several connections and api());
 *   `cursor` to resume from; `transports` in order of preference; `onframe(frame)`, `onevent(event, frame)`,
 *   `onstate(state, {transport, retryAt, attempt})`, `onproblem(WeirError)`; `fetch`, `WebSocket`, `headers`, `pace`
 * @returns a Connection: `send(command)`, `close()`, `retry()`, `state`, `cursor`, `transport`
 */
export function connect(options) {
  return new Connection(options);
}

class Connection {
  state = 'connecting';
  cursor;
  #options;
  #places;
  #pace;
  #transports;
  #index;
  #link = null;
  #timers = new Map();
  #pending = new Map();
  #attempt = 0;
  #failures = 0;
  #gapAt = null;
  #heardEver = false;
  #typedAt = -Infinity;
  #heardAt = 0;
  #ended = false;

  constructor(options) {
    this.#options = options;
    this.#places = options.places ?? new Places(options);
    this.#pace = { ...PACE, ...options.pace };
    this.cursor = options.cursor ?? null;
    const able = (options.transports ?? TRANSPORTS).filter((name) => name !== 'websocket' || this.#WebSocket);
    this.#transports = able.length ? able : ['sse', 'long-polling'];
    this.#index = Math.max(0, this.#transports.indexOf(recall(this.#places.current)));
    globalThis.addEventListener?.('online', this.#wake);
    globalThis.addEventListener?.('offline', this.#cutOff);
    globalThis.document?.addEventListener('visibilitychange', this.#wake);
    this.#open();
  }

  /** The transport in use, or the next one to be tried. */
  get transport() {
    return this.#transports[this.#index];
  }

  /** Sends a command; resolves with its ack. Waits while offline and is sent again, with the same id, after a drop. */
  send(command) {
    const id = command.id ?? newId();
    if (this.#ended) return Promise.reject(new WeirError(this.state, 'This connection is closed.'));
    if (command.command === 'typing' && !this.#mayType()) return Promise.resolve();
    const known = this.#pending.get(id);
    if (known) return known.promise;
    const entry = { message: { ...command, id }, tries: 0 };
    entry.promise = new Promise((resolve, reject) => Object.assign(entry, { resolve, reject }));
    this.#pending.set(id, entry);
    this.#transmit(entry);
    return entry.promise;
  }

  /** Leaves the room's stream. What was not acknowledged is rejected with code `closed`. */
  close() {
    this.#finish('closed');
  }

  /** Tries at once instead of waiting for the next attempt. */
  retry() {
    if (this.#ended || this.#link?.opened) return;
    this.#attempt = 0;
    this.#open();
  }

  get #WebSocket() {
    return this.#options.WebSocket ?? globalThis.WebSocket;
  }

  #fetch(path, init = {}) {
    const call = this.#options.fetch ?? globalThis.fetch;
    return call(path, { credentials: this.#places.credentials, cache: 'no-store', ...init, headers: { ...this.#options.headers, ...init.headers } });
  }

  #address(transport) {
    const url = new URL(`stream/rooms/${encodeURIComponent(this.#options.room)}`, this.#places.current);
    url.searchParams.set('X-Atmosphere-Transport', transport);
    url.searchParams.set('X-Atmosphere-tracking-id', '0');
    if (this.cursor) url.searchParams.set('cursor', this.cursor);
    return url.href;
  }

  #open() {
    this.#drop();
    if (!this.#heardEver) this.#become('connecting');
    const link = { opened: false, heard: false, since: Date.now(), transport: this.transport };
    this.#link = link;
    const current = (action) => (...given) => this.#link === link && action.call(this, link, ...given);
    const hooks = { opened: current(this.#opened), heard: current(this.#heard), ended: current(this.#lost) };
    this.#listenFor(this.cursor ? this.#pace.silence : this.#pace.opening);
    try {
      link.io = OPENERS[link.transport]({
        address: () => this.#address(link.transport), fetch: (...given) => this.#fetch(...given), WebSocket: this.#WebSocket,
      }, hooks);
    } catch {
      queueMicrotask(hooks.ended);
    }
  }

  #opened(link) {
    if (link.opened) return;
    link.opened = true;
    if (this.#heardEver) this.#become('catching-up');
    for (const entry of this.#pending.values()) this.#transmit(entry);
    if (!this.cursor) return;
    this.#after('grace', this.#pace.grace, async () => {
      if (!link.heard && (await this.#why()).state === 'ok' && this.#link === link && !link.heard) this.#become('live');
    });
  }

  #heard(link, text) {
    this.#opened(link);
    this.#listenFor(this.#pace.silence);
    for (const line of String(text).split('\n')) {
      const said = read(line);
      if (said?.type === 'ack' || said?.type === 'error') this.#answer(said);
      else if (said?.type === 'nodes') this.#places.learn(said.nodes);
      else if (said?.type === 'move' && this.#link === link) this.#move(link, said.nodes);
      else if (Array.isArray(said?.events) && this.#link === link) this.#take(link, said);
    }
  }

  #take(link, frame) {
    const first = !link.heard;
    link.heard = true;
    if (first) this.#settle(link);
    if (!frame.snapshot && !this.cursor) return;
    const { events, meets } = frame.snapshot ? { events: frame.events, meets: 'start' } : fresh(this.cursor, frame);
    if (meets === 'epoch') return this.#again(null);
    if (meets === 'gap' && this.#gapAt !== this.cursor) {
      this.#gapAt = this.cursor;
      return this.#again(this.cursor);
    }
    if (meets !== 'stale' && (events.length || frame.snapshot)) {
      this.cursor = frame.snapshot ? frame.cursor : later(this.cursor, frame.cursor);
      this.#tell('onframe', { ...frame, events });
      for (const event of events) this.#tell('onevent', event, frame);
    }
    if (events.some((event) => event.type === 'room-deleted')) this.#finish('gone');
    else if (this.#link === link) this.#become('live');
  }

  /** Something was missed: asks again from the given cursor. */
  #again(cursor) {
    this.cursor = cursor;
    this.#become('catching-up');
    this.#open();
  }

  #settle(link) {
    this.#heardEver = true;
    this.#failures = 0;
    this.#places.works();
    remember(this.#places.current, link.transport);
  }

  #answer(said) {
    const entry = this.#pending.get(said.id);
    if (!entry) return said.type === 'error' && this.#tell('onproblem', new WeirError(said.code, said.detail));
    if (said.code === 'moving' && entry.tries < 5) return this.#later(entry);
    this.#pending.delete(said.id);
    this.#cancel(said.id);
    if (said.type === 'ack') entry.resolve(said);
    else entry.reject(new WeirError(said.code, said.detail));
  }

  async #lost(link, answer = null) {
    this.#drop();
    const waiting = link.heard ? { state: 'ok' } : await this.#why(answer);
    if (this.#link || this.#ended) return;
    if (isBusy(answer)) return this.#move(link, null);
    if (waiting.state === 'gone' || waiting.state === 'signed-out') return this.#finish(waiting.state);
    if (waiting.state === 'unreachable' && this.#places.moveOn()) return this.#open();
    if (link.heard) this.#attempt = Date.now() - link.since > 5_000 ? 0 : Math.min(this.#attempt, 2);
    else if (waiting.state === 'ok' && ++this.#failures >= 2) return this.#fallBack();
    this.#wait(waiting.state === 'ok' && !this.#heardEver);
  }

  /** The node goes out of service: on to another at once, or to the same address, behind which there may be another. */
  #move(link, nodes) {
    this.#drop();
    this.#places.learn(nodes);
    const another = this.#places.moveOn();
    if (!another && !link.heard) return this.#wait(false);
    this.#become('catching-up');
    this.#after('retry', Math.random() * this.#pace.move, () => this.#open());
  }

  #fallBack() {
    this.#failures = 0;
    this.#index = (this.#index + 1) % this.#transports.length;
    if (this.#index > 0) return this.#open();
    this.#wait(false);
  }

  #wait(quietly) {
    const full = Math.min(this.#pace.cap, this.#pace.first * 2 ** this.#attempt++);
    const delay = full * (0.5 + Math.random() / 2);
    if (!quietly) this.#become('offline', Date.now() + delay);
    this.#after('retry', delay, () => this.#open());
  }

  /** Why a connection did not open: from its answer where that says it, else asked of the REST door. */
  async #why(answer = null) {
    const said = answer && this.#judge(answer);
    if (said?.state === 'gone' || said?.state === 'signed-out') return said;
    try {
      const url = new URL(`api/rooms/${encodeURIComponent(this.#options.room)}`, this.#places.current).href;
      return this.#judge(await this.#fetch(url, { signal: AbortSignal.timeout(this.#pace.opening) }));
    } catch {
      return { state: 'unreachable' };
    }
  }

  /** A node that the browser has no sign-in for is of no use; it does not say that nobody is signed in. */
  #judge(answer) {
    const reason = reasonOf(answer);
    return reason.state === 'signed-out' && !this.#places.proven ? { state: 'unreachable' } : reason;
  }

  #transmit(entry) {
    const { message } = entry;
    if (!this.#link?.opened) return;
    this.#after(message.id, this.#pace.resend, () => this.#transmit(entry));
    if (!this.#link.io.send) return void this.#post(entry);
    try {
      this.#link.io.send(JSON.stringify(message));
    } catch {
      // The socket is closing; the command goes out again after the reconnect.
    }
  }

  async #post(entry) {
    let answer = null;
    let said = null;
    try {
      const url = new URL(`stream/rooms/${encodeURIComponent(this.#options.room)}`, this.#places.current).href;
      answer = await this.#fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(entry.message) });
      said = read(await answer.text());
    } catch {
      // Not delivered; sent again below.
    }
    if (this.#ended || !this.#pending.has(entry.message.id)) return;
    const { id } = entry.message;
    if (said?.type === 'ack' || said?.type === 'error') return this.#answer({ ...said, id });
    if (answer?.status === 401 && said && this.#places.proven) return this.#finish('signed-out');
    if (said?.code === 'no-such-room') return this.#finish('gone');
    const final = answer && (answer.status < 500 ? answer.status >= 400 && answer.status !== 429 : entry.tries >= 5);
    if (final) return this.#answer({ id, type: 'error', code: said?.code ?? `http-${answer.status}`, detail: said?.detail ?? 'The server refused the command.' });
    this.#later(entry);
  }

  #later(entry) {
    this.#after(entry.message.id, Math.min(this.#pace.cap, this.#pace.first * 2 ** ++entry.tries), () => this.#transmit(entry));
  }

  #mayType() {
    const may = this.state === 'live' && Date.now() - this.#typedAt >= this.#pace.typing;
    if (may) this.#typedAt = Date.now();
    return may;
  }

  #listenFor(time) {
    this.#heardAt = Date.now();
    this.#after('watchdog', time, () => {
      const link = this.#link;
      if (!link) return;
      if (!link.heard) this.#failures = 2;
      this.#lost(link);
    });
  }

  #wake = () => {
    if (this.#ended || globalThis.document?.visibilityState === 'hidden') return;
    if (this.#timers.has('retry')) this.retry();
    else if (this.#link && Date.now() - this.#heardAt > this.#pace.silence) this.#open();
  };

  #cutOff = () => {
    if (this.#ended || !this.#link) return;
    this.#drop();
    this.#wait(false);
  };

  #drop() {
    const link = this.#link;
    this.#link = null;
    for (const name of ['watchdog', 'grace', 'retry']) this.#cancel(name);
    link?.io?.close();
    for (const [id, entry] of this.#pending) {
      if (entry.message.command !== 'typing') continue;
      this.#pending.delete(id);
      entry.resolve();
    }
  }

  #finish(state) {
    if (this.#ended) return;
    this.#ended = true;
    this.#drop();
    for (const name of [...this.#timers.keys()]) this.#cancel(name);
    globalThis.removeEventListener?.('online', this.#wake);
    globalThis.removeEventListener?.('offline', this.#cutOff);
    globalThis.document?.removeEventListener('visibilitychange', this.#wake);
    for (const entry of this.#pending.values()) {
      entry.promise.catch(() => {});
      entry.reject(new WeirError(state, WHY_CLOSED[state]));
    }
    this.#pending.clear();
    this.#become(state);
  }

  #become(state, retryAt = null) {
    if (state === this.state && state !== 'offline') return;
    this.state = state;
    this.#tell('onstate', state, { transport: this.transport, retryAt, attempt: this.#attempt });
  }

  #tell(name, ...given) {
    try {
      this.#options[name]?.(...given);
    } catch (error) {
      console.error(error);
    }
  }

  #after(name, time, action) {
    this.#cancel(name);
    this.#timers.set(name, setTimeout(() => {
      this.#timers.delete(name);
      action();
    }, time));
  }

  #cancel(name) {
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

const WHY_CLOSED = {
  closed: 'The connection was closed.',
  gone: 'This conversation does not exist any more, or you are no longer a member of it.',
  'signed-out': 'You are signed out. Sign in again.',
};
