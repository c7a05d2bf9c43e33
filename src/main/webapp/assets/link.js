/** Says how the connection stands: nothing is claimed that is not so, and a short blink is not shown. */
import { $, announce, h } from './dom.js';

const PATIENCE = 400;

const WORDS = { connecting: 'Connecting', live: 'Live', 'catching-up': 'Catching up' };

export class LinkState {
  #retry;
  #late = 0;
  #ticking = 0;
  #shown = '';

  /** @param retry called when the user does not want to wait for the next attempt */
  constructor(retry) {
    this.#retry = retry;
  }

  hide() {
    this.#stop();
    this.#shown = '';
    $('link-state').hidden = true;
  }

  show(state, detail = {}) {
    this.#stop();
    const now = () => (state === 'offline' ? this.#offline(detail.retryAt) : this.#plain(state));
    if (this.#shown === 'live' && state !== 'live') this.#late = setTimeout(now, PATIENCE);
    else now();
  }

  #stop() {
    clearTimeout(this.#late);
    clearInterval(this.#ticking);
  }

  #plain(state) {
    const words = WORDS[state];
    $('link-state').hidden = !words;
    $('link-state').dataset.state = state;
    $('link-state').replaceChildren(h('span', { class: 'link-words' }, words ?? ''));
    if (this.#shown === 'offline' && state === 'live') announce('Connected again.');
    this.#shown = state;
  }

  #offline(retryAt) {
    const words = h('span', { class: 'link-words' });
    const button = h('button', { type: 'button', class: 'link-retry', onclick: () => this.#retry() }, 'Try now');
    const tick = () => {
      const rest = Math.max(0, Math.ceil((retryAt - Date.now()) / 1000));
      words.replaceChildren('Offline, ', ...(rest ? [h('span', { class: 'wide' }, 'next try in '), `${rest} s`] : ['trying']));
    };
    const focused = $('link-state').contains(document.activeElement);
    $('link-state').hidden = false;
    $('link-state').dataset.state = 'offline';
    $('link-state').replaceChildren(words, button);
    if (focused) button.focus();
    if (this.#shown !== 'offline') announce('The connection is lost. Weir keeps trying; nothing is lost.');
    this.#shown = 'offline';
    tick();
    this.#ticking = setInterval(tick, 500);
  }
}
