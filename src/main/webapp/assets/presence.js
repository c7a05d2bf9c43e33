/** Who else is here and who is typing, said quietly. */
import { $ } from './dom.js';
import { names } from './words.js';

/** A typing that is not renewed has ended; by this clock, since servers' clocks may differ. */
const TYPING_LASTS = 6_000;

/** So is someone present who has done nothing for a while, as the server has it (docs/protocol.md). */
const PRESENT_LASTS = 5 * 60_000;

export class PresenceLine {
  #heard = new Map();
  #timer = 0;
  #me;

  constructor(me) {
    this.#me = me;
  }

  clear() {
    this.#heard.clear();
    this.#render();
  }

  show(presence) {
    for (const [key, said] of Object.entries(presence)) {
      if (said.member.kind !== 'person' || said.member.id === this.#me.id) continue;
      if (this.#heard.get(key)?.said !== said) this.#heard.set(key, { said, at: Date.now() });
    }
    this.#render();
  }

  #render() {
    clearTimeout(this.#timer);
    const typing = this.#doing('typing', TYPING_LASTS);
    const present = this.#doing('present', PRESENT_LASTS);
    const words = typing.length ? `${names(typing.map(({ said }) => said.member.name))} ${typing.length > 1 ? 'are' : 'is'} typing…`
      : present.length ? `${names(present.map(({ said }) => said.member.name))} ${present.length > 1 ? 'are' : 'is'} here` : '';
    if ($('typing').textContent !== words) $('typing').textContent = words;
    if (typing.length || present.length) this.#timer = setTimeout(() => this.#render(), typing.length ? 1_000 : 15_000);
  }

  #doing(state, lasts) {
    return [...this.#heard.values()].filter(({ said, at }) => said.state === state && Date.now() - at < lasts);
  }
}
