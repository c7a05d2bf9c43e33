/** The message box: grows with its text, keeps a draft for each room, Enter sends. */
import { $, storage } from './dom.js';

const drafts = storage('sessionStorage');
const touch = matchMedia('(hover: none) and (pointer: coarse)');

export class Composer {
  #area = $('prompt');
  #room = '';

  /** @param acts `send(text)`, `typing()`, `editLast()` answers whether there was something to edit */
  constructor(acts) {
    const submit = () => {
      const text = this.#area.value.trim();
      if (!text) return;
      this.#put('');
      acts.send(text);
    };
    $('composer').addEventListener('submit', (event) => (event.preventDefault(), submit()));
    this.#area.addEventListener('input', () => {
      drafts.set(this.#key, this.#area.value);
      this.#fit();
      if (this.#area.value) acts.typing();
    });
    this.#area.addEventListener('keydown', (event) => {
      const sends = event.key === 'Enter' && !event.shiftKey && !event.isComposing && !touch.matches;
      const edits = event.key === 'ArrowUp' && !this.#area.value;
      if (!sends && !(edits && acts.editLast())) return;
      event.preventDefault();
      if (sends) submit();
    });
  }

  get #key() {
    return `weir.draft ${this.#room || 'new'}`;
  }

  /** Shows the draft of another room. */
  turnTo(room) {
    this.#room = room;
    this.#area.value = drafts.get(this.#key) ?? '';
    this.#fit();
  }

  /** Puts a text in, for instance one that was refused. */
  #put(text) {
    this.#area.value = text;
    drafts.set(this.#key, text);
    this.#fit();
  }

  giveBack(text) {
    if (!this.#area.value) this.#put(text);
  }

  fill(text) {
    this.#put(text);
    this.focus();
  }

  focus() {
    this.#area.focus();
  }

  #fit() {
    this.#area.style.height = 'auto';
    this.#area.style.height = `${this.#area.scrollHeight}px`;
    $('send').disabled = !this.#area.value.trim();
  }
}
