/** A room's log behind fake doors: WebSocket, SSE, long-polling, commands and the REST question, with faults on demand. */
import { fold } from '../../main/webapp/weir.js';

export const ADA = { kind: 'person', id: 'u1', name: 'Ada' };
export const FAST = { kind: 'model', id: 'fast', name: 'Fast' };
export const PACE = { first: 2, cap: 10, silence: 60, opening: 60, grace: 10, resend: 40, typing: 20 };

const pad = (value, width) => String(value).padStart(width, '0');

/** @param faults functions that answer whether this time it goes wrong: `refuse(transport)`, `lose(frame)`, `double(frame)` */
export class FakeServer {
  epoch = 1;
  events = [];
  first = 0;
  readers = new Set();
  sockets = new Set();
  commands = [];
  acks = new Map();
  opened = [];
  status = 200;

  constructor(faults = {}) {
    this.faults = { refuse: () => false, lose: () => false, double: () => false, ...faults };
  }

  get cursor() {
    return `${pad(this.epoch, 6)}-${pad(this.first + this.events.length, 12)}`;
  }

  append(...events) {
    const placed = events.map((event, i) => ({ seq: this.first + this.events.length + i, at: '2026-01-01T00:00:00.000Z', ...event }));
    this.events.push(...placed);
    const frame = { cursor: this.cursor, events: placed };
    if (this.faults.lose(frame)) return;
    for (const reader of [...this.readers]) {
      reader(frame);
      if (this.faults.double(frame)) reader(frame);
    }
  }

  heartbeat() {
    for (const reader of [...this.readers]) reader({ cursor: this.cursor, events: [] });
  }

  /** The hot tail is lost: another epoch, numbers from 0; what was said is still known. */
  loseTail() {
    this.before = this.#now();
    this.epoch++;
    this.events = [];
  }

  /** Ends every connection there is. */
  cut() {
    for (const end of [...this.sockets]) end();
  }

  read(cursor) {
    const [epoch, seq] = (cursor ?? '').split('-').map(Number);
    if (epoch !== this.epoch) return this.#snapshot();
    return { cursor: this.cursor, events: this.events.filter((event) => event.seq >= seq) };
  }

  #now() {
    return fold(this.before ?? null, { cursor: this.cursor, events: this.events, snapshot: !this.before, room: { id: 'r', name: '' } });
  }

  #snapshot() {
    const events = this.#now().messages.flatMap((message) => {
      const { kind, live, notices, verdicts, interceptors, requestedBy, ...rest } = message;
      const base = { seq: 0, at: message.at };
      if (!live) return [{ ...base, ...rest, type: 'message' }];
      return [
        { ...base, type: 'turn-started', turn: message.turn, prompt: message.prompt, requestedBy, branches: [{ branch: message.id, model: message.from }], interceptors },
        { ...base, type: 'delta', turn: message.turn, branch: message.id, text: message.text },
      ];
    });
    return { cursor: this.cursor, snapshot: true, room: { id: 'r', name: '', model: 'fast' }, events };
  }

  command(text) {
    const command = JSON.parse(text);
    this.commands.push(command);
    if (command.text === 'refuse') return { id: command.id, type: 'error', code: 'unknown-model', detail: 'There is no such model.' };
    if (!this.acks.has(command.id)) this.acks.set(command.id, { id: command.id, type: 'ack', turn: `t${this.acks.size}` });
    return this.acks.get(command.id);
  }

  #follow(send, ended) {
    this.readers.add(send);
    this.sockets.add(ended);
    return () => {
      this.readers.delete(send);
      this.sockets.delete(ended);
    };
  }

  /** A WebSocket class that talks to this server. */
  get WebSocket() {
    const server = this;
    return class {
      constructor(url) {
        server.opened.push('websocket');
        const cursor = new URL(url).searchParams.get('cursor');
        setImmediate(() => {
          if (this.closed) return;
          if (server.status !== 200 || server.faults.refuse('websocket')) return this.onclose({});
          this.onopen();
          if (server.silent) return;
          this.leave = server.#follow((frame) => this.#say(frame), () => this.#end());
          this.#say(server.read(cursor));
        });
      }

      send(text) {
        if (server.deaf) return;
        const answer = server.command(text);
        setImmediate(() => this.#say(answer));
      }

      close() {
        this.closed = true;
        this.leave?.();
      }

      #say(message) {
        if (!this.closed) this.onmessage({ data: JSON.stringify(message) });
      }

      #end() {
        this.close();
        this.onclose({});
      }
    };
  }

  /** A fetch that talks to this server. */
  get fetch() {
    return async (address, { method = 'GET', body, signal } = {}) => {
      await new Promise((done) => setImmediate(done));
      if (this.status === 0) throw new TypeError('fetch failed');
      const problem = { type: 'about:blank', status: this.status, code: this.status === 404 ? 'no-such-room' : 'not-signed-in', detail: 'No.' };
      if (this.status !== 200) return new Response(JSON.stringify(problem), { status: this.status, headers: { 'content-type': 'application/problem+json' } });
      const url = new URL(address);
      if (url.pathname.startsWith('/api/')) return Response.json({ id: 'r', name: '', members: [] });
      if (method === 'POST') return this.deaf ? new Response('busy', { status: 503 }) : Response.json(this.command(body));
      const transport = url.searchParams.get('X-Atmosphere-Transport');
      this.opened.push(transport);
      if (this.faults.refuse(transport)) return new Response('no', { status: 500 });
      const cursor = url.searchParams.get('cursor');
      return transport === 'sse' ? this.#sse(cursor, signal) : this.#poll(cursor, signal);
    };
  }

  #sse(cursor, signal) {
    const encoder = new TextEncoder();
    let leave;
    const body = new ReadableStream({
      start: (controller) => {
        const close = () => {
          leave();
          try {
            controller.close();
          } catch {
            // It was closed before.
          }
        };
        const send = (frame) => {
          const bytes = encoder.encode(`: padding\r\n\r\nid:${frame.cursor}\r\ndata:${JSON.stringify(frame)}\r\n\r\n`);
          const middle = bytes.length >> 1;
          controller.enqueue(bytes.slice(0, middle));
          controller.enqueue(bytes.slice(middle));
        };
        leave = this.#follow(send, close);
        signal.addEventListener('abort', close);
        send(this.read(cursor));
      },
      cancel: () => leave(),
    });
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } });
  }

  async #poll(cursor, signal) {
    const now = this.read(cursor);
    if (now.snapshot || now.events.length) return Response.json(now);
    return new Promise((resolve, reject) => {
      const leave = this.#follow(() => (leave(), resolve(Response.json(this.read(cursor)))), () => (leave(), reject(new TypeError('cut'))));
      signal.addEventListener('abort', () => (leave(), reject(signal.reason)));
    });
  }
}

export async function until(condition, what = 'the condition', time = 5_000) {
  const end = Date.now() + time;
  while (!condition()) {
    if (Date.now() > end) throw new Error(`Waited too long for ${what}.`);
    await new Promise((done) => setTimeout(done, 1));
  }
}
