/** What the user has used, and how the budgets stand in which that counts: a word beside the message box, and a dialog. */
import { showSpending } from './dialogs.js';
import { $, announce, h } from './dom.js';

const EVERY = 3000;
const SETTLED_AFTER = 700;

const number = new Intl.NumberFormat('en');
const moment = new Intl.DateTimeFormat('en', { dateStyle: 'long', timeStyle: 'short' });

const UNITS = {
  tokens: 'tokens', 'input-tokens': 'tokens read', 'output-tokens': 'tokens written', requests: 'answers', 'concurrent-turns': 'answers at a time',
};

const dollars = (text) => {
  const [whole, decimals = ''] = String(text).split('.');
  return `$${number.format(BigInt(whole))}.${decimals.padEnd(2, '0')}`;
};

const bare = (unit, amount) => (unit === 'usd' ? dollars(amount) : number.format(amount));
const words = (unit, amount) => (unit === 'usd' ? dollars(amount) : `${number.format(amount)} ${UNITS[unit] ?? unit}`);

function period({ unit, period: word }) {
  if (unit === 'concurrent-turns') return '';
  return word.startsWith('rolling:') ? ', rolling' : ` a ${word}`;
}

export class Spending {
  #rest;
  #room = '';
  #live = false;
  #timer = 0;
  #asked = 0;
  #known = {};
  #told = '';
  #body = h('div', { class: 'spending' });

  constructor(rest) {
    this.#rest = rest;
    $('spent').addEventListener('click', () => this.open());
    document.addEventListener('visibilitychange', () => this.look());
  }

  turnTo(room) {
    this.#room = room;
    this.#live = false;
    this.look();
  }

  /** Whether an answer is being written: then it looks again and again, and once more when it is settled. */
  live(live) {
    if (live === this.#live) return;
    this.#live = live;
    if (live) this.look();
    else this.#again(SETTLED_AFTER);
  }

  #again(millis) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.look(), millis);
  }

  /** Looks how things stand now; the newest answer counts. */
  async look() {
    clearTimeout(this.#timer);
    if (document.visibilityState === 'hidden') return;
    const asked = ++this.#asked;
    const known = await this.#rest.own(this.#room, this.#body.isConnected).catch(() => null);
    if (asked !== this.#asked) return;
    if (known) this.#show(known);
    if (this.#live || this.#body.isConnected) this.#again(EVERY);
  }

  open() {
    this.#fill();
    showSpending(this.#body);
    this.look();
  }

  #show(known) {
    this.#known = { ...this.#known, ...known };
    const tightest = known.budgets.filter(({ state, unit }) => state !== 'paused' && unit !== 'concurrent-turns')
      .reduce((most, it) => (most && most.percent >= it.percent ? most : it), null);
    const button = $('spent');
    button.hidden = !tightest;
    if (tightest) this.#say(button, tightest);
    if (this.#body.isConnected) this.#fill();
  }

  #say(button, { name, state, percent }) {
    const said = state === 'exhausted' ? 'Used up' : `${Math.min(percent, 100)} % used`;
    if (button.textContent !== said) button.textContent = said;
    button.dataset.state = state;
    const full = `Budget “${name}”: ${said}. Show what you have used`;
    button.title = full;
    button.setAttribute('aria-label', full);
    if (state === 'exhausted' && this.#told !== 'exhausted') announce(`The budget “${name}” is used up.`);
    this.#told = state;
  }

  #fill() {
    const { today, month, budgets = [] } = this.#known;
    const sums = today && h('dl', { class: 'spent-sums' }, sum('Today', today), sum('This month', month));
    const list = budgets.length > 0 ? h('ul', { class: 'spent-budgets' }, budgets.map(item)) : h('p', {}, 'There is no budget that limits what you use.');
    this.#body.replaceChildren(...[sums, list].filter(Boolean));
  }
}

function sum(label, { answers, 'input-tokens': input, 'output-tokens': output, usd }) {
  const said = answers === 0 ? 'nothing yet' : `${number.format(answers)} ${answers === 1 ? 'answer' : 'answers'}, ${number.format(input + output)} tokens, ${dollars(usd)}`;
  return h('div', {}, h('dt', {}, label), h('dd', {}, said));
}

function item(budget) {
  return h('li', { 'data-state': budget.state },
    h('p', { class: 'spent-name' }, h('strong', {}, budget.name), h('span', {}, whose(budget))),
    bar(budget),
    ...facts(budget).map((fact) => h('p', { class: 'spent-fact' }, fact)));
}

function whose({ shared, model, room }) {
  const of = [model && `answers of ${model}`, room && 'this conversation'].filter(Boolean).join(', ');
  return [shared ? 'shared with others' : 'yours alone', of].filter(Boolean).join(', ');
}

function facts(budget) {
  const { unit, limit, charged, held, left, percent, state } = budget;
  const open = limit !== undefined;
  const used = unit === 'concurrent-turns' && open ? `${number.format(held)} of ${words(unit, limit)}`
    : open ? `${bare(unit, charged)} of ${words(unit, limit)}${period(budget)} used, ${bare(unit, left)} left.` : `${Math.min(percent, 100)} % used${period(budget)}.`;
  const writing = open && unit !== 'concurrent-turns' && Number(held) > 0 && `${bare(unit, held)} set aside for what is being written.`;
  const resets = budget['resets-at'] && `${unit !== 'concurrent-turns' && budget.period.startsWith('rolling:') ? 'More is free from' : 'Begins anew on'} ${moment.format(new Date(budget['resets-at']))}.`;
  const stands = { exhausted: 'Used up: new answers are refused until there is more.', warned: 'Nearly used up.', paused: 'Paused: it refuses nothing.' }[state];
  return [used, writing, stands, resets].filter(Boolean);
}

function bar({ percent, limit, charged, held }) {
  const all = Math.min(100, percent);
  const share = limit !== undefined && Number(charged) + Number(held) > 0 ? Number(charged) / (Number(charged) + Number(held)) : 1;
  const part = (name, size) => {
    const span = h('span', { class: name });
    span.style.inlineSize = `${size}%`;
    return span;
  };
  return h('span', { class: 'spent-bar', 'aria-hidden': 'true' }, part('spent-charged', all * share), part('spent-held', all * (1 - share)));
}
