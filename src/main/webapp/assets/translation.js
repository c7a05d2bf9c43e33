/** The reader's language: the choice at the top of the page, and the line that says so in an answer. */
import { $, announce, h } from './dom.js';
import { openMenu } from './menu.js';
import { translated } from './variants.js';

const OFFERED = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'ru', 'tr', 'uk', 'zh'];

const nameIn = (tag, language) => new Intl.DisplayNames([language], { type: 'language' }).of(tag);

/** The button with which a member chooses a language; not there when nothing translates here. */
export class LanguageChoice {
  #chosen;
  #save;

  /** @param save called with the new tag, or empty; resolves with what is kept */
  constructor({ language = '', translates = false }, save) {
    this.#chosen = language;
    this.#save = save;
    $('language').hidden = !translates;
    $('language').addEventListener('click', () => this.#open());
    this.#show();
  }

  /** A BCP 47 tag; empty for the original. */
  get chosen() {
    return this.#chosen;
  }

  #open() {
    const tags = OFFERED.includes(this.#chosen) || !this.#chosen ? OFFERED : [this.#chosen, ...OFFERED];
    openMenu($('language'), [
      { label: 'Original', details: ['As the model wrote it'], checked: !this.#chosen, act: () => this.#choose('') },
      ...tags.map((tag) => ({ label: nameIn(tag, tag), details: [nameIn(tag, 'en')], checked: tag === this.#chosen, act: () => this.#choose(tag) })),
    ], 'Language of answers');
  }

  async #choose(tag) {
    const kept = await this.#save(tag);
    if (kept === undefined) return;
    this.#chosen = kept;
    this.#show();
    announce(kept ? `Answers from now on come in ${nameIn(kept, 'en')}.` : 'Answers come as the model wrote them.');
  }

  #show() {
    const words = this.#chosen ? `Language of answers: ${nameIn(this.#chosen, 'en')}` : 'Language of answers: original';
    $('language').setAttribute('aria-label', words);
    $('language').title = words;
    $('language-tag').textContent = this.#chosen;
  }
}

/** What an answer shows, translated or not, and the line in it that turns from one to the other. */
export class Translation {
  element = h('p', { class: 'translation', hidden: true });
  #words = h('span');
  #button;
  #original = false;

  /** @param changed called when the reader turns to the other text */
  constructor(changed) {
    this.#button = h('button', { type: 'button', class: 'translation-turn', onclick: () => {
      this.#original = !this.#original;
      changed();
    } });
    this.element.append(this.#words, this.#button);
  }

  /** What is to be shown of an answer: `{ text, plain, language }`, `language` empty for the original. */
  of(answer, language) {
    const there = translated(answer, language);
    this.element.hidden = !there;
    if (!there) return { text: answer.text, plain: answer.text, language: '' };
    const name = nameIn(language, 'en');
    const missing = there.missing ? ' Underlined parts could not be translated in time.' : '';
    this.#say(this.#words, this.#original ? 'As the model wrote it.' : `In ${name}.${missing}`);
    this.#say(this.#button, this.#original ? `Show in ${name}` : 'Show original');
    return this.#original ? { text: answer.text, plain: answer.text, language: '' } : { ...there, language };
  }

  #say(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }
}
