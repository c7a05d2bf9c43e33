/** How one entry of the conversation looks: a prompt, an answer, a notice. Each view is updated in place. */
import { confirmOn, copy, h, icon, iconButton } from './dom.js';
import { MarkdownView } from './markdown.js';
import { Translation } from './translation.js';
import { MISSING } from './variants.js';
import { canContinue, figures, OUTCOMES, reasonOf, redactions } from './words.js';

/** What the page lets a view do: `edit(id, text)`, `regenerate(answer, anchor?)`, `proceed(answer)`, `isMine(person)`, `language()`. */
export function viewOf(item, acts) {
  if (item.kind === 'person') return new PromptView(item, acts);
  return item.kind === 'answer' ? new AnswerView(item, acts) : new NoticeView(item);
}

const timeOf = (at) => (at ? h('time', { class: 'visually-hidden', datetime: at }, new Date(at).toLocaleString()) : null);

class NoticeView {
  constructor(item) {
    this.element = h('p', { class: 'notice' }, item.text);
  }

  update() {}
}

class PromptView {
  #acts;
  #item;
  #text = h('div', { class: 'prompt-text' });
  #actions = h('div', { class: 'actions' });
  #waiting = h('p', { class: 'waiting', hidden: true });
  #translation = new Translation(() => this.#showText(), 'As it was written.');
  #language = '';
  #plain = '';
  #editing = null;

  constructor(item, acts) {
    this.#acts = acts;
    const mine = acts.isMine(item.from);
    this.element = h('article', { class: mine ? 'prompt mine' : 'prompt', 'aria-label': mine ? 'You' : item.from.name },
      !mine && h('p', { class: 'prompt-from' }, item.from.name), !mine && this.#translation.element, this.#text, this.#waiting, timeOf(item.at), this.#actions);
    this.#actions.append(iconButton('copy', 'Copy the message', (event) => this.#copy(event)));
    this.edit = mine && !item.waiting ? iconButton('pencil', 'Edit and send again', () => this.startEdit()) : null;
    if (this.edit) this.#actions.append(this.edit);
  }

  update(item, { busy }) {
    const language = this.#acts.isMine(item.from) ? '' : this.#acts.language();
    const changed = this.#item !== item || this.#language !== language;
    this.#item = item;
    this.#language = language;
    if (changed) this.#showText();
    this.#waiting.hidden = !item.waiting;
    this.#waiting.textContent = item.waiting ?? '';
    this.#actions.hidden = Boolean(item.waiting);
    if (this.edit) this.edit.hidden = busy;
  }

  #showText() {
    const { plain, pieces, language } = this.#translation.of(this.#item, this.#language);
    this.#plain = plain;
    this.#text.lang = language;
    this.#text.dir = language ? 'auto' : '';
    this.#text.replaceChildren(...pieces.map(({ text, missing }) => (missing ? h('span', { title: MISSING }, text) : text)));
  }

  async #copy(event) {
    const button = event.currentTarget;
    await copy(this.#plain);
    confirmOn(button, 'copy', 'Copied');
  }

  startEdit() {
    if (this.#editing) return this.#editing.querySelector('textarea').focus();
    const id = `edit-${this.#item.id}`;
    const area = h('textarea', { class: 'field', id, rows: '3' });
    area.value = this.#item.text;
    const send = () => {
      const text = area.value.trim();
      if (!text) return;
      this.#endEdit();
      this.#acts.edit(this.#item.id, text);
    };
    this.#editing = h('form', { class: 'edit' }, h('label', { for: id, class: 'visually-hidden' }, 'Edit your message'), area,
      h('div', { class: 'edit-bar' }, h('span', { class: 'edit-note' }, 'Takes the place of this message and of all that follows it.'),
        h('button', { type: 'button', class: 'button', onclick: () => this.#endEdit(true) }, 'Cancel'),
        h('button', { class: 'button primary' }, 'Send')));
    this.#editing.addEventListener('submit', (event) => (event.preventDefault(), send()));
    this.#editing.addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#endEdit(true);
      else if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) send();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
    this.#text.hidden = true;
    this.#actions.hidden = true;
    this.#text.after(this.#editing);
    this.element.classList.add('editing');
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  #endEdit(back = false) {
    this.#editing?.remove();
    this.#editing = null;
    this.#text.hidden = false;
    this.#actions.hidden = false;
    this.element.classList.remove('editing');
    if (back) this.edit?.focus();
  }
}

class AnswerView {
  #acts;
  #item;
  #shown = '';
  #state = h('span', { class: 'answer-state' });
  #body = new MarkdownView();
  #translation = new Translation(() => this.#showText(), 'As the model wrote it.');
  #language = '';
  #plain = '';
  #notices = h('div', { class: 'answer-notices' });
  #outcome = h('div', { class: 'outcome', hidden: true });
  #figures = h('p', { class: 'figures' });
  #actions = h('div', { class: 'actions' });

  constructor(item, acts) {
    this.#acts = acts;
    this.element = h('article', { class: 'answer', 'aria-label': `Answer of ${item.from.name}` },
      h('header', { class: 'answer-top' }, h('span', { class: 'answer-from' }, item.from.name), this.#state),
      this.#translation.element, this.#body.element, this.#notices, this.#outcome, h('footer', { class: 'answer-foot' }, this.#figures, this.#actions));
  }

  update(item, context) {
    const language = this.#acts.language();
    const changed = this.#item !== item || this.#language !== language;
    this.#item = item;
    this.#language = language;
    if (changed) {
      this.#showText();
      this.#showState(item);
    }
    const key = `${item.live} ${item.outcome} ${context.busy} ${context.last}`;
    if (key !== this.#shown) this.#showActions(item, context);
    this.#shown = key;
  }

  #showText() {
    const { text, plain, language } = this.#translation.of(this.#item, this.#language);
    this.#plain = plain;
    this.#body.element.lang = language;
    this.#body.element.dir = language ? 'auto' : '';
    this.#body.show(text, !this.#item.live);
  }

  #showState(item) {
    const phase = item.live ? (item.text ? 'writing' : 'thinking') : item.outcome;
    this.element.dataset.phase = phase;
    this.element.setAttribute('aria-busy', String(item.live));
    const words = item.live ? { thinking: 'Thinking', writing: 'Writing' }[phase] : (OUTCOMES[phase] ?? phase);
    if (this.#state.textContent !== words) this.#state.textContent = words;
    this.#notices.replaceChildren(...[...new Set(this.#noticesOf(item))].map((text) => h('p', { class: 'notice' }, text)));
    if (item.live) return;
    const reason = reasonOf(item);
    this.#outcome.hidden = !reason;
    this.#outcome.textContent = reason;
    const parts = figures(item);
    this.#figures.replaceChildren(...[[item.from.name, `Model ${item.model}`], ...parts].map(([text, title]) => h('span', { title }, text)));
  }

  #noticesOf({ live, text, notices = [], verdicts = [] }) {
    const decided = redactions(verdicts, Boolean(this.#language));
    const fresh = notices.filter(({ after }) => live && after === text.length).map((notice) => notice.text);
    return [...fresh.slice(-1), ...decided];
  }

  #showActions(item, { busy, last }) {
    const buttons = [];
    if (!item.live && item.text) buttons.push(iconButton('copy', 'Copy the answer', (event) => this.#copy(event)));
    if (!item.live && !busy && last) {
      buttons.push(iconButton('again', 'Write the answer again', () => this.#acts.regenerate(this.#item)));
      buttons.push(iconButton('chevron', 'Write the answer again with another model',
        (event) => this.#acts.regenerate(this.#item, event.currentTarget), { 'aria-haspopup': 'menu', 'aria-expanded': 'false' }));
      if (canContinue(item)) {
        buttons.push(h('button', { type: 'button', class: 'continue', onclick: () => this.#acts.proceed(this.#item) }, icon('forward'), 'Continue'));
      }
    }
    this.#actions.replaceChildren(...buttons);
  }

  async #copy(event) {
    const button = event.currentTarget;
    await copy(this.#plain);
    confirmOn(button, 'copy', 'Copied');
  }
}
