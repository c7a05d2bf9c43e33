/** The middle of the page: keeps the views in step with the folded state, and the reader's place. */
import { $, announce, h } from './dom.js';
import { viewOf } from './message.js';
import { OUTCOMES } from './words.js';

const NEAR = 60;

export class Conversation {
  #views = new Map();
  #phases = new Map();
  #acts;
  #log = $('log');
  #scroller = $('scroller');
  #jump = $('jump');
  #earlier = h('p', { class: 'notice' }, 'Older messages are kept, but not shown here.');
  #following = true;
  #frame = 0;
  #next = null;

  constructor(acts) {
    this.#acts = acts;
    this.#scroller.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#jump.addEventListener('click', () => this.follow());
    new ResizeObserver(() => this.#keepPlace()).observe(this.#scroller);
    new ResizeObserver(() => this.#keepPlace()).observe(this.#log);
  }

  /** Shows a state at the next frame of the screen; the newest given wins. */
  show(state, waiting) {
    this.#next = [state, waiting];
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#render(...this.#next);
    });
  }

  /** Shows the same once more, for something outside it has changed. */
  refresh() {
    if (this.#next) this.show(...this.#next);
  }

  /** Takes everything away, for another room. */
  clear() {
    this.#views.clear();
    this.#phases.clear();
    this.#log.replaceChildren();
    this.#following = true;
    this.#next &&= [null, []];
  }

  /** Goes to the end and stays there. */
  follow() {
    this.#following = true;
    this.#keepPlace();
  }

  /** Opens the reader's own last prompt for editing; false when there is none to edit. */
  editLast() {
    const view = [...this.#views.values()].findLast(({ edit }) => edit && !edit.hidden);
    view?.startEdit();
    return Boolean(view);
  }

  #render(state, waiting) {
    const items = [...(state?.messages ?? []), ...waiting];
    const busy = items.some(({ live }) => live);
    const lastTurn = items.findLast(({ kind }) => kind === 'answer')?.turn;
    const lastPrompt = items.findLastIndex(({ kind }) => kind === 'person');
    const wanted = new Set(items.map(({ id }) => id));
    for (const [id, view] of this.#views) {
      if (wanted.has(id)) continue;
      view.element.remove();
      this.#views.delete(id);
    }
    if (state?.earlier && items.length) this.#log.prepend(this.#earlier);
    else this.#earlier.remove();
    let before = this.#earlier.isConnected ? this.#earlier : null;
    items.forEach((item, i) => {
      before = this.#place(item, before, { busy, last: item.turn === lastTurn && i > lastPrompt });
    });
    this.#tellPhases(items);
    this.#keepPlace();
  }

  #place(item, before, context) {
    const view = this.#views.get(item.id) ?? viewOf(item, this.#acts);
    this.#views.set(item.id, view);
    view.update(item, context);
    const next = before ? before.nextSibling : this.#log.firstChild;
    if (view.element !== next) this.#log.insertBefore(view.element, next);
    return view.element;
  }

  /** Tells screen readers when an answer begins and ends, not every delta. */
  #tellPhases(items) {
    for (const { id, kind, live, outcome, from } of items) {
      if (kind !== 'answer') continue;
      const was = this.#phases.get(id);
      this.#phases.set(id, live);
      if (live && !was) announce(`${from.name} is answering.`);
      if (was && !live) announce(outcome === 'complete' ? 'The answer is finished.' : `The answer ended: ${OUTCOMES[outcome] ?? outcome}.`);
    }
  }

  #keepPlace() {
    if (this.#following) this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#scrolled(true);
  }

  #scrolled(grown = false) {
    const { scrollHeight, scrollTop, clientHeight } = this.#scroller;
    const near = scrollHeight - scrollTop - clientHeight < NEAR;
    if (!grown) this.#following = near;
    this.#jump.hidden = near;
  }
}
