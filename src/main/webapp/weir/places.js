/** Where the application is reached: the node that the page came from, or another one when that is gone. */
import { baseOf } from './wire.js';

const asBase = (address) => `${address.replace(/\/+$/, '')}/`;

/** Shared by all that a page does: when one part of it finds a node gone, the others go on at the same next one. */
export class Places {
  #home;
  #others = [];
  #current;
  #tried = new Set();
  #proven = new Set();

  /** @param options `base`: where to begin, default where this module came from; `nodes`: addresses of further nodes */
  constructor(options = {}) {
    this.#home = baseOf(options);
    this.#current = this.#home;
    this.learn(options.nodes ?? []);
  }

  /** The address in use, with a slash at the end. */
  get current() {
    return this.#current;
  }

  /** Whether the address in use has ever known who is signed in here: only then its word counts that nobody is. */
  get proven() {
    return this.#current === this.#home || this.#proven.has(this.#current);
  }

  /** How to send cookies to the address in use. */
  get credentials() {
    const here = globalThis.location?.origin;
    return !here || here === 'null' || new URL(this.#current).origin === here ? 'same-origin' : 'include';
  }

  /** The nodes there are now; the one in use and the one that the page came from stay, whatever is said. */
  learn(addresses) {
    if (!Array.isArray(addresses)) return;
    this.#others = addresses.filter((address) => typeof address === 'string' && /^https?:\/\//.test(address)).map(asBase);
  }

  /** The address in use answers. */
  works() {
    this.#tried.clear();
    this.#proven.add(this.#current);
  }

  /** The address in use does not answer: on to the next. False when all have been tried, and it is time for a pause. */
  moveOn() {
    this.#tried.add(this.#current);
    const next = [this.#home, ...this.#others].find((place) => !this.#tried.has(place));
    if (!next) this.#tried.clear();
    const before = this.#current;
    this.#current = next ?? this.#home;
    return Boolean(next) && next !== before;
  }
}
