/** The reader's language: the choice at the top of the page, and the line that says so in a message. */
import { $, announce, h } from './dom.js';
import { openMenu } from './menu.js';
import { translated } from './variants.js';

const OFFERED = ['ar', 'de', 'en', 'es', 'fr', 'hi', 'it', 'ja', 'ko', 'nl', 'pl', 'pt', 'ru', 'tr', 'uk', 'zh'];

const nameIn = (tag, language) => new Intl.DisplayNames([language], { type: 'language' }).of(tag);

/** The button with which a member chooses a language; not there where nothing translates and nothing is chosen. */
export class LanguageChoice {
  #chosen;
  #save;
  #everywhere;
  #here = false;

  /** @param save called with the new tag, or empty; resolves with what is kept */
  constructor({ language = '', translates = false }, save) {
    this.#chosen = language;
    this.#save = save;
    this.#everywhere = translates;
    $('language').addEventListener('click', () => this.#open());
    this.#show();
  }

  /** Says whether translations are made in the room that is shown. */
  offer(here) {
    if (this.#here === here) return;
    this.#here = here;
    this.#show();
  }

  /** A BCP 47 tag; empty for the original. */
  get chosen() {
    return this.#chosen;
  }

  #open() {
    const tags = OFFERED.includes(this.#chosen) || !this.#chosen ? OFFERED : [this.#chosen, ...OFFERED];
    openMenu($('language'), [
      { label: 'Original', details: ['As it was written'], checked: !this.#chosen, act: () => this.#choose('') },
      ...tags.map((tag) => ({ label: nameIn(tag, tag), details: [nameIn(tag, 'en')], checked: tag === this.#chosen, act: () => this.#choose(tag) })),
    ], 'Language to read in');
  }

  async #choose(tag) {
    const kept = await this.#save(tag);
    if (kept === undefined) return;
    this.#chosen = kept;
    this.#show();
    announce(kept ? `What is said from now on comes in ${nameIn(kept, 'en')}.` : 'Everything comes as it was written.');
  }

  #show() {
    $('language').hidden = !(this.#everywhere || this.#here || this.#chosen);
    const words = `Language to read in: ${this.#chosen ? nameIn(this.#chosen, 'en') : 'original'}`;
    $('language').setAttribute('aria-label', words);
    $('language').title = words;
    $('language-tag').textContent = this.#chosen;
  }
}

/** What a message shows, translated or not, and the line in it that turns from one to the other. */
export class Translation {
  element = h('p', { class: 'translation', hidden: true });
  #words = h('span');
  #button;
  #original = false;
  #asWritten;

  /**
   * @param changed called when the reader turns to the other text
   * @param asWritten what is said of the original
   */
  constructor(changed, asWritten) {
    this.#asWritten = asWritten;
    this.#button = h('button', { type: 'button', class: 'translation-turn', onclick: () => {
      this.#original = !this.#original;
      changed();
    } });
    this.element.append(this.#words, this.#button);
  }

  /** What is to be shown of a message: `{ text, plain, pieces, language }`, `language` empty for the original. */
  of(message, language) {
    const there = translated(message, language);
    const original = { text: message.text, plain: message.text, pieces: [{ text: message.text, missing: false }], language: '' };
    this.element.hidden = !there;
    if (!there) return original;
    const name = nameIn(language, 'en');
    const missing = there.missing ? ' Underlined parts could not be translated.' : '';
    this.#say(this.#words, this.#original ? this.#asWritten : `In ${name}.${missing}`);
    this.#say(this.#button, this.#original ? `Show in ${name}` : 'Show original');
    return this.#original ? original : { ...there, language };
  }

  #say(element, words) {
    if (element.textContent !== words) element.textContent = words;
  }
}
