/**
 * Weir's client: follows a room over WebSocket, SSE or long-polling, resumes after every drop, sends commands.
 * No dependencies; runs in browsers and in Node 22 or newer. The wire and this API are described in docs/protocol.md.
 */

const TRANSPORTS = ['websocket', 'sse', 'long-polling'];

/** Milliseconds; `pace` in the options of connect() overrides single ones. */
const PACE = { first: 500, cap: 10_000, silence: 40_000, opening: 10_000, grace: 1_000, resend: 20_000, typing: 3_000 };

const worked = new Map();

/** A refusal: `code` is for programs, `message` (the server's `detail`) is for people. */
export class WeirError extends Error {
  constructor(code, detail, status = 0) {
    super(detail || code);
    this.name = 'WeirError';
    this.code = code;
    this.status = status;
  }
}

/* ---------------------------------------------------------------- reading a room: pure functions */

/** Before the first frame; what fold() starts from. */
export const EMPTY = Object.freeze({
  room: null, cursor: null, earlier: false, messages: [], presence: {}, deleted: false, dropped: [],
});

/**
 * The conversation after a frame. Pure: the state given is not changed, and a message that did not change is the same
 * object afterwards. Events below the state's cursor (of the same epoch) and unknown events do nothing.
 */
export function fold(state, frame) {
  const before = frame.snapshot ? { ...EMPTY, room: frame.room ?? state?.room ?? null } : (state ?? EMPTY);
  const next = { ...before, messages: [...before.messages], presence: { ...before.presence } };
  if (frame.snapshot) next.earlier = Boolean(frame.earlier);
  for (const event of frame.snapshot ? frame.events : fresh(before.cursor, frame).events) {
    RULES.get(event.type)?.(next, event);
  }
  next.cursor = frame.snapshot ? frame.cursor : later(before.cursor, frame.cursor);
  return next;
}

const RULES = new Map(Object.entries({
  message(next, event) {
    if (event.from.kind === 'model') return finish(next, event);
    if (next.messages.some((message) => message.id === event.id)) return;
    if (event.replaces) cut(next, event.replaces);
    next.messages.push({ kind: 'person', id: event.id, from: event.from, text: event.text, at: event.at });
  },

  'turn-started'(next, event) {
    for (const { branch, model, replaces } of event.branches) {
      if (next.messages.some((message) => message.id === branch)) continue;
      const place = replaces ? cut(next, replaces) : next.messages.length;
      next.messages.splice(place, 0, {
        kind: 'answer', id: branch, turn: event.turn, prompt: event.prompt, from: model, model: model.id, text: '',
        at: event.at, live: true, outcome: null, reason: '', usage: null, timing: null, notices: [], verdicts: [],
        requestedBy: event.requestedBy, interceptors: event.interceptors ?? [],
      });
    }
  },

  delta(next, event) {
    change(next, event.branch, (answer) => (answer.live ? { ...answer, text: answer.text + event.text } : answer));
  },

  withdrawn(next, event) {
    const cut = (answer) => (answer.live ? { ...answer, text: answer.text.slice(0, event.kept), withdrawn: event.rule } : answer);
    change(next, event.branch, cut);
  },

  'turn-ended'(next, event) {
    const { outcome, reason, usage, timing } = event;
    change(next, event.branch, (answer) => (answer.live ? { ...answer, live: false, outcome, reason, usage, timing } : answer));
  },

  presence(next, event) {
    next.presence[`${event.member.kind}:${event.member.id}`] = { member: event.member, state: event.state, at: event.at };
  },

  verdict(next, event) {
    change(next, event.branch, (answer) => ({ ...answer, verdicts: [...(answer.verdicts ?? []), event] }));
  },

  notice(next, event) {
    const answers = event.turn ? next.messages.filter((message) => message.turn === event.turn) : [];
    for (const { id } of answers) {
      change(next, id, (answer) => ({ ...answer, notices: [...(answer.notices ?? []), { text: event.text, after: answer.text.length }] }));
    }
    if (!answers.length) next.messages.push({ kind: 'notice', id: `notice-${event.seq}`, text: event.text, at: event.at });
  },

  'room-renamed'(next, event) {
    next.room = { ...next.room, name: event.name };
  },

  'room-deleted'(next) {
    next.deleted = true;
  },
}));

/** A finished answer takes the place of what was streamed for its branch, unless that has left the conversation. */
function finish(next, event) {
  const { type, seq, replaces, ...answer } = event;
  const done = { notices: [], verdicts: [], kind: 'answer', ...answer, live: false };
  if (change(next, event.id, (streamed) => ({ ...streamed, ...answer, at: streamed.at, live: false }))) return;
  if (next.dropped.includes(event.id)) return;
  next.messages.splice(replaces ? cut(next, replaces) : next.messages.length, 0, done);
}

function change(next, id, how) {
  const index = next.messages.findLastIndex((message) => message.id === id);
  if (index >= 0) next.messages[index] = how(next.messages[index]);
  return index >= 0;
}

/** Takes a message and what follows it out, except answers of the same turn; returns the place that came free. */
function cut(next, id) {
  const index = next.messages.findLastIndex((message) => message.id === id);
  if (index < 0) return next.messages.length;
  const { turn } = next.messages[index];
  const stays = (message, i) => i < index || (i > index && turn !== undefined && message.turn === turn);
  const left = next.messages.filter((message, i) => !stays(message, i));
  next.dropped = [...next.dropped, ...left.filter((message) => message.live).map((message) => message.id)].slice(-50);
  next.messages = next.messages.filter(stays);
  return index;
}

const parse = (cursor) => (cursor ?? '').split('-').map(Number);

function later(ours, theirs) {
  const [[epoch, seq], [otherEpoch, otherSeq]] = [parse(ours), parse(theirs)];
  return !ours || otherEpoch > epoch || (otherEpoch === epoch && otherSeq > seq) ? theirs : ours;
}

/** The events of a frame that a reader at this cursor has not seen, and how the frame meets the cursor. */
function fresh(cursor, frame) {
  if (!cursor) return { events: frame.events, meets: 'start' };
  const [[epoch, seq], [frameEpoch, frameSeq]] = [parse(cursor), parse(frame.cursor)];
  if (frameEpoch < epoch) return { events: [], meets: 'stale' };
  if (frameEpoch > epoch) return { events: frame.events, meets: 'epoch' };
  const events = frame.events.filter((event) => event.seq >= seq);
  const first = events.length ? events[0].seq : frameSeq;
  return { events, meets: first > seq ? 'gap' : 'joins' };
}

/* ---------------------------------------------------------------- following a room */

/**
 * Follows a room.
 *
 * @param options `room`; `base` (address of the application, default: where this module came from); `cursor` to resume
 *   from; `transports` in order of preference; `onframe(frame)`, `onevent(event, frame)`,
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
  #base;
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
    this.#base = baseOf(options);
    this.#pace = { ...PACE, ...options.pace };
    this.cursor = options.cursor ?? null;
    const able = (options.transports ?? TRANSPORTS).filter((name) => name !== 'websocket' || this.#WebSocket);
    this.#transports = able.length ? able : ['sse', 'long-polling'];
    this.#index = Math.max(0, this.#transports.indexOf(recall(this.#base)));
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
    return call(path, { credentials: 'same-origin', cache: 'no-store', ...init, headers: { ...this.#options.headers, ...init.headers } });
  }

  #address(transport) {
    const url = new URL(`stream/rooms/${encodeURIComponent(this.#options.room)}`, this.#base);
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
    remember(this.#base, link.transport);
  }

  #answer(said) {
    const entry = this.#pending.get(said.id);
    if (!entry) return said.type === 'error' && this.#tell('onproblem', new WeirError(said.code, said.detail));
    this.#pending.delete(said.id);
    this.#cancel(said.id);
    if (said.type === 'ack') entry.resolve(said);
    else entry.reject(new WeirError(said.code, said.detail));
  }

  async #lost(link, answer = null) {
    this.#drop();
    const waiting = link.heard ? { state: 'ok' } : await this.#why(answer);
    if (this.#link || this.#ended) return;
    if (waiting.state === 'gone' || waiting.state === 'signed-out') return this.#finish(waiting.state);
    if (link.heard) this.#attempt = Date.now() - link.since > 5_000 ? 0 : Math.min(this.#attempt, 2);
    else if (waiting.state === 'ok' && ++this.#failures >= 2) return this.#fallBack();
    this.#wait(waiting.state === 'ok' && !this.#heardEver);
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
    const said = answer && reasonOf(answer);
    if (said?.state === 'gone' || said?.state === 'signed-out') return said;
    try {
      const url = new URL(`api/rooms/${encodeURIComponent(this.#options.room)}`, this.#base).href;
      return reasonOf(await this.#fetch(url, { signal: AbortSignal.timeout(this.#pace.opening) }));
    } catch {
      return { state: 'unreachable' };
    }
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
      const url = new URL(`stream/rooms/${encodeURIComponent(this.#options.room)}`, this.#base).href;
      answer = await this.#fetch(url, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(entry.message) });
      said = read(await answer.text());
    } catch {
      // Not delivered; sent again below.
    }
    if (this.#ended || !this.#pending.has(entry.message.id)) return;
    const { id } = entry.message;
    if (said?.type === 'ack' || said?.type === 'error') return this.#answer({ ...said, id });
    if (answer?.status === 401 && said) return this.#finish('signed-out');
    if (said?.code === 'no-such-room') return this.#finish('gone');
    const final = answer && (answer.status < 500 ? answer.status >= 400 && answer.status !== 429 : entry.tries >= 5);
    if (final) return this.#answer({ id, type: 'error', code: said?.code ?? `http-${answer.status}`, detail: said?.detail ?? 'The server refused the command.' });
    this.#after(id, Math.min(this.#pace.cap, this.#pace.first * 2 ** ++entry.tries), () => this.#transmit(entry));
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

/* ---------------------------------------------------------------- transports */

/** Each opens a link: tells `opened`, `heard(text)`, `ended(response?)`; `send` where commands can go up on it. */
const OPENERS = {
  websocket({ address, WebSocket }, { opened, heard, ended }) {
    const socket = new WebSocket(address().replace(/^http/, 'ws'));
    Object.assign(socket, { onopen: () => opened(), onmessage: ({ data }) => heard(data), onclose: () => ended(), onerror() {} });
    return {
      send: (text) => socket.send(text),
      close: () => socket.close(),
    };
  },

  sse({ address, fetch }, { opened, heard, ended }) {
    const abort = new AbortController();
    (async () => {
      const answer = await fetch(address(), { headers: { Accept: 'text/event-stream' }, signal: abort.signal });
      if (!answer.ok || !answer.body) return ended(answer);
      opened();
      const decoder = new TextDecoder();
      let rest = '';
      for await (const chunk of chunks(answer.body)) {
        rest = (rest + decoder.decode(chunk, { stream: true })).replace(/\r\n/g, '\n');
        const parts = rest.split('\n\n');
        rest = parts.pop();
        for (const part of parts) heard(dataOf(part));
      }
      ended();
    })().catch(() => ended());
    return { close: () => abort.abort() };
  },

  'long-polling'({ address, fetch }, { opened, heard, ended }) {
    const abort = new AbortController();
    (async () => {
      await null;
      while (!abort.signal.aborted) {
        const asked = Date.now();
        const asking = fetch(address(), { signal: abort.signal });
        opened();
        const answer = await asking;
        if (!answer.ok) return ended(answer);
        const text = await answer.text();
        heard(text);
        if (!(read(text)?.events?.length > 0) && Date.now() - asked < 100) await new Promise((done) => setTimeout(done, 250));
      }
    })().catch(() => ended());
    return { close: () => abort.abort() };
  },
};

async function* chunks(body) {
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

const dataOf = (part) => part.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n');

/** 401 and 404 count only when it is Weir that says so: a proxy's or a starting server's page is an outage. */
function reasonOf(answer) {
  if (answer.ok) return { state: 'ok' };
  const ours = (answer.headers.get('content-type') ?? '').includes('json');
  if (ours && answer.status === 401) return { state: 'signed-out' };
  if (ours && (answer.status === 404 || answer.status === 403)) return { state: 'gone' };
  return { state: 'unreachable' };
}

function read(text) {
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

function baseOf({ base }) {
  const here = globalThis.location?.href ?? import.meta.url;
  return new URL(base ?? '.', base ? here : import.meta.url).href.replace(/\/?$/, '/');
}

const memory = (base) => `weir.transport ${base}`;

function remember(base, transport) {
  worked.set(base, transport);
  try {
    globalThis.sessionStorage?.setItem(memory(base), transport);
  } catch {
    // Storage is forbidden here; the page's own memory is enough.
  }
}

function recall(base) {
  try {
    return worked.get(base) ?? globalThis.sessionStorage?.getItem(memory(base));
  } catch {
    return worked.get(base);
  }
}

/* ---------------------------------------------------------------- REST */

/** The REST door: each call resolves with the answer's JSON, or rejects with a WeirError. */
export function api(options = {}) {
  const base = baseOf(options);
  const call = async (method, path, body) => {
    const init = { method, credentials: 'same-origin', cache: 'no-store', headers: { Accept: 'application/json', ...options.headers } };
    if (body) Object.assign(init, { body: JSON.stringify(body), headers: { ...init.headers, 'Content-Type': 'application/json' } });
    const answer = await (options.fetch ?? globalThis.fetch)(new URL(`api/${path}`, base).href, init).catch(() => {
      throw new WeirError('unreachable', 'The server can’t be reached. Check the connection and try again.');
    });
    const said = read(await answer.text());
    if (answer.ok) return said;
    throw new WeirError(said?.code ?? `http-${answer.status}`, said?.detail ?? said?.title ?? `The server answered ${answer.status}.`, answer.status);
  };
  const at = (room, ...rest) => ['rooms', room, ...rest].map((part) => encodeURIComponent(part)).join('/');
  return {
    session: () => call('GET', 'session'),
    models: () => call('GET', 'models'),
    rooms: ({ completions = false } = {}) => call('GET', completions ? 'rooms?include=completions' : 'rooms'),
    createRoom: ({ name = '', model = '' } = {}) => call('POST', 'rooms', { name, model }),
    room: (room) => call('GET', at(room)),
    changeRoom: (room, change) => call('PATCH', at(room), change),
    deleteRoom: (room) => call('DELETE', at(room)),
    invite: (room, login) => call('POST', at(room, 'members'), { login }),
    removeMember: (room, user) => call('DELETE', at(room, 'members', user)),
  };
}
