/** One room being followed: the connection, the folded state, and the prompts that are not in the log yet. */
import { connect, fold, newId } from '../weir.js';
import { storage } from './dom.js';

const unsentOf = storage('sessionStorage');
const REMEMBERED = 8;

const WAITING = { offline: 'Will be sent when the connection is back.', 'signed-out': 'Will be sent when you have signed in again.' };

/** States of rooms that were left, so that coming back shows them at once and reads on from there. */
const left = new Map();

export class Following {
  state;
  #id;
  #me;
  #hooks;
  #connection;
  #unsent;
  #acknowledged = new Map();

  /** @param places where the application is; @param hooks `changed(state, waiting)`, `link(state, detail)`, `refused(error, command)` */
  constructor(id, me, places, hooks) {
    this.#id = id;
    this.#me = me;
    this.#hooks = hooks;
    this.state = left.get(id) ?? null;
    this.#unsent = JSON.parse(unsentOf.get(this.#key) ?? '[]');
    this.#connection = connect({
      room: id,
      places,
      cursor: this.state?.cursor,
      onframe: (frame) => this.#take(frame),
      onstate: (state, detail) => this.#told(state, detail),
    });
    for (const command of this.#unsent) this.#deliver(command);
    this.#changed();
  }

  get #key() {
    return `weir.unsent ${this.#id}`;
  }

  get link() {
    return this.#connection.state;
  }

  /** Prompts and edits: shown as waiting until they stand in the log; survive a refresh. */
  say(command) {
    const sent = { id: newId(), ...command };
    this.#unsent = [...this.#unsent, sent];
    this.#keep();
    this.#deliver(sent);
    this.#changed();
  }

  /** Anything else: regenerate, continue, stop, typing. */
  ask(command) {
    this.#connection.send(command).catch((error) => error.code !== 'closed' && this.#hooks.refused(error, command));
  }

  retry() {
    this.#connection.retry();
  }

  close() {
    this.#hooks = { changed() {}, link() {}, refused() {} };
    this.#connection.close();
    left.delete(this.#id);
    if (this.state && !this.state.deleted) left.set(this.#id, this.state);
    if (left.size > REMEMBERED) left.delete(left.keys().next().value);
  }

  #deliver(command) {
    this.#connection.send(command).then(
      ({ message }) => {
        this.#acknowledged.set(command.id, message);
        this.#sweep();
      },
      (error) => {
        if (error.code === 'closed' || error.code === 'signed-out') return;
        this.#settle(command.id);
        this.#hooks.refused(error, command);
      },
    );
  }

  #take(frame) {
    this.state = fold(this.state, frame);
    this.#sweep();
  }

  #told(state, detail) {
    this.#hooks.link(state, detail);
    if (this.#unsent.length) this.#changed();
  }

  /** What is acknowledged and stands in the log needs no stand-in any more. */
  #sweep() {
    for (const [command, message] of this.#acknowledged) {
      const stands = !message || this.state?.messages.some(({ id }) => id === message);
      if (stands) this.#settle(command);
    }
    this.#changed();
  }

  #settle(command) {
    this.#acknowledged.delete(command);
    this.#unsent = this.#unsent.filter(({ id }) => id !== command);
    this.#keep();
    this.#changed();
  }

  #keep() {
    unsentOf.set(this.#key, this.#unsent.length ? JSON.stringify(this.#unsent) : '');
  }

  #changed() {
    const waiting = WAITING[this.link] ?? 'Sending…';
    const from = { kind: 'person', id: this.#me.id, name: this.#me.name };
    this.#hooks.changed(this.state, this.#unsent.map(({ id, text }) => ({ kind: 'person', id: `unsent-${id}`, from, text, waiting })));
  }
}

/** Leaves a prompt for a room that is about to be followed. */
export function leaveFor(room, command) {
  unsentOf.set(`weir.unsent ${room}`, JSON.stringify([{ id: newId(), ...command }]));
}
