/** The page about consumption: shows the figures that are in the page, then those that the server pushes. */
import { $, h } from '../dom.js';
import { count, exactly, lasting, money, time } from './amounts.js';
import { card, fill as fillCard } from './burn-down.js';
import { chartOf, lineChart, repaintAtNight } from './charts.js';
import { trouble } from './console.js';
import { set, showPushed } from './pushed.js';

const SPLITS = { user: 'User', organisation: 'Organisation', model: 'Model', room: 'Room' };
const COLOURS = ['--accent', '--warn', '--code-number', '--code-title', '--bad', '--muted'];
const DASHES = [[], [6, 3], [2, 3], [8, 3, 2, 3], [12, 4], [1, 4]];
const SECONDS = 120;
let skew = 0;
let latest = null;

const plural = (number, one, more) => (number === 1 ? `1 ${one}` : `${count(number)} ${more}`);

/* ---- the split */

function split() {
  return document.querySelector('#split input:checked')?.value ?? 'user';
}

function chooseSplit() {
  const wanted = location.hash.slice(1);
  const input = SPLITS[wanted] && document.querySelector(`#split input[value="${wanted}"]`);
  if (input) input.checked = true;
}

/* ---- figures and charts */

function showFigures({ today, running, nodes, silent }) {
  set('tokens', count(today.tokensNow));
  set('dollars', money(today.microsNow));
  set('running', count(running));
  set('running-detail', nodes > 1 ? `on ${plural(nodes - silent, 'node', 'nodes')}` : '');
  set('today', money(today.micros));
  set('today-detail', `${count(today.tokens)} tokens`);
  set('silent', silent ? `${plural(silent, 'node does', 'nodes do')} not answer and ${silent === 1 ? 'is' : 'are'} missing here.` : '');
}

/** Called by PrimeFaces for each chart before it is made. */
window.weirChart = function weirChart() {
  const chart = lineChart(this, COLOURS, { filled: true });
  const { scales, plugins } = chart.options;
  scales.y.stacked = true;
  plugins.legend.labels.filter = ({ text }) => text !== '';
  plugins.legend.position = 'bottom';
  plugins.legend.align = 'start';
  plugins.tooltip.filter = ({ dataset }) => dataset.label !== '';
  if (this.cfg.widgetVar === 'dollarChart') {
    scales.y.suggestedMax = 100;
    scales.y.ticks.callback = (micros) => money(micros);
    plugins.tooltip.callbacks.label = ({ dataset, raw }) => `${dataset.label}: ${money(raw)}`;
  }
  chart.data.datasets.forEach((dataset, index) => Object.assign(dataset, {
    fill: 'stack', borderDash: DASHES[index], borderWidth: 1.5, tension: 0,
  }));
};

const places = [];

/** Each as long as it is shown in the same place, and so in the same colour; all others come last. */
function placed(series) {
  const shown = new Map(series.map((one) => [one.key, one]));
  for (let place = 0; place < COLOURS.length - 1; place++) if (!shown.has(places[place])) places[place] = undefined;
  for (const { key } of series) {
    if (key === '' || places.includes(key)) continue;
    const free = places.indexOf(undefined);
    if (free >= 0) places[free] = key;
  }
  return [...places.map((key) => shown.get(key)), shown.get('')];
}

function draw(widget, series, unit) {
  const chart = chartOf(widget);
  if (!chart) return;
  chart.data.labels = Array.from({ length: SECONDS }, (nothing, index) => index - SECONDS);
  chart.data.datasets.forEach((dataset, index) => {
    dataset.label = series[index]?.name ?? '';
    dataset.data = series[index]?.[unit] ?? [];
    dataset.hidden = !series[index];
  });
  chart.update('none');
  chart.canvas.setAttribute('aria-label', spoken(series, unit));
}

function spoken(series, unit) {
  const words = series.filter(Boolean).map((one) => `${one.name} ${unit === 'micros' ? money(one[unit].at(-1)) : count(one[unit].at(-1))}`);
  return `${unit === 'micros' ? 'Dollars' : 'Tokens'} a second: ${words.join(', ') || 'nothing'}`;
}

/* ---- who has used most */

function showSpenders(spenders, by) {
  set('spenders-by', SPLITS[by]);
  $('spenders').tBodies[0].replaceChildren(...spenders.map(({ key, name, tokens, micros, tokensNow, microsNow }) => h('tr', { 'data-key': key },
    h('th', { scope: 'row', class: by === 'room' ? 'id' : '' }, name || 'Nobody in particular'),
    h('td', { class: 'number' }, money(micros)), h('td', { class: 'number' }, count(tokens)),
    h('td', { class: 'number' }, money(microsNow)), h('td', { class: 'number' }, count(tokensNow)))));
  $('spenders').hidden = spenders.length === 0;
  $('no-spenders').hidden = spenders.length > 0;
}

/* ---- what is being written */

const rows = new Map();
const stopping = new Set();

/** Keeps the elements of what is still there, so that a button stays under the hand, in the order that is given. */
function keep(parent, known, items, id, make, write) {
  const seen = new Set(items.map((item) => item[id]));
  for (const [key, element] of known) {
    if (seen.has(key)) continue;
    element.remove();
    known.delete(key);
  }
  items.forEach((item, index) => {
    const element = known.get(item[id]) ?? make(item);
    known.set(item[id], element);
    if (parent.children[index] !== element) parent.insertBefore(element, parent.children[index] ?? null);
    write(element, item);
  });
}

function showWriting({ writing, running }) {
  keep($('writing').tBodies[0], rows, writing, 'answer', rowOf, fillRow);
  for (const answer of stopping) if (!rows.has(answer)) stopping.delete(answer);
  set('writing-part', running > writing.length ? `The ${count(writing.length)} dearest of ${count(running)}, the oldest first.` : '');
  $('writing').hidden = writing.length === 0;
  $('no-writing').hidden = writing.length > 0;
}

function rowOf(answer) {
  const stoppable = $('writing').dataset.stoppable === 'true';
  const cell = (name) => h('td', { 'data-cell': name, class: 'number' });
  const row = h('tr', {},
    h('th', { scope: 'row' }, answer.who), h('td', {}, answer.model), h('td', { class: 'id' }, answer.room),
    cell('since'), cell('tokens'), cell('dollars'),
    stoppable && h('td', { class: 'row-buttons' }, h('button', {
      type: 'button', class: 'small-button', 'aria-label': `Stop the answer for ${answer.who} with ${answer.model}`, onclick: () => stop(answer, row),
    }, 'Stop')));
  return row;
}

function fillRow(row, answer) {
  const values = {
    since: lasting(Date.now() - skew - answer.since), tokens: count(answer.tokens), dollars: money(answer.micros),
  };
  for (const [name, text] of Object.entries(values)) {
    const cell = row.querySelector(`[data-cell="${name}"]`);
    if (cell.textContent !== text) cell.textContent = text;
    if (name === 'since') cell.title = `Since ${exactly(answer.since)}`;
  }
  const button = row.querySelector('button');
  if (button) button.disabled = stopping.has(answer.answer) || !answer.turn;
}

function stop(answer, row) {
  stopping.add(answer.answer);
  row.querySelector('button').disabled = true;
  window.weirStop([{ name: 'room', value: answer.room }, { name: 'turn', value: answer.turn }]);
  setTimeout(() => {
    if (!stopping.delete(answer.answer) || !row.isConnected) return;
    row.querySelector('button').disabled = false;
    trouble('The answer has not ended yet. Try again.');
  }, 10_000);
}

/* ---- budgets, and what they did */

const cards = new Map();

function showBudgets({ budgets, budgetsInAll, at }) {
  keep($('budgets'), cards, budgets, 'id', card, (element, budget) => fillCard(element, budget, at));
  set('budgets-part', budgetsInAll > budgets.length ? `The ${count(budgets.length)} of ${count(budgetsInAll)} that are nearest to their limits.` : '');
  $('budgets').hidden = budgets.length === 0;
  $('no-budgets').hidden = budgets.length > 0;
}

const DEEDS = {
  warned: ({ who }) => `An answer for ${who} has brought it there.`,
  refused: ({ who, model }) => `An answer of ${model} for ${who} was refused.`,
  degraded: ({ who, model }) => `Another model answers ${who} instead of ${model}.`,
  switched: ({ who, model }) => `Another model goes on with an answer of ${model} for ${who}.`,
  cut: ({ who, model }) => `An answer of ${model} for ${who} was cut.`,
};
let shownAlerts = '';

function showAlerts(alerts) {
  const now = JSON.stringify(alerts);
  if (now === shownAlerts) return;
  shownAlerts = now;
  $('alerts').replaceChildren(...alerts.map((alert) => h('li', { 'data-kind': alert.kind },
    h('p', { class: 'failure-top' }, h('strong', {}, alert.name), ` at ${count(alert.percent)} % of ${alert.limit} `,
      h('time', { datetime: new Date(alert.at).toISOString(), title: exactly(alert.at), 'data-shown': true }, time(alert.at))),
    h('p', {}, DEEDS[alert.kind]?.(alert) ?? alert.kind))));
  $('no-alerts').hidden = alerts.length > 0;
}

/* ---- all of it */

function showSplit({ by }) {
  const chosen = split();
  const { series = [], spenders = [] } = by[chosen] ?? {};
  const drawn = placed(series);
  draw('tokenChart', drawn, 'tokens');
  draw('dollarChart', drawn, 'micros');
  showSpenders(spenders, chosen);
}

function show(figures) {
  latest = figures;
  skew = Date.now() - figures.at;
  showFigures(figures);
  showSplit(figures);
  showWriting(figures);
  showBudgets(figures);
  showAlerts(figures.alerts);
}

chooseSplit();
$('split').addEventListener('change', () => {
  history.replaceState(null, '', `#${split()}`);
  if (latest) showSplit(latest);
});
showPushed(show);
repaintAtNight('tokenChart', 'dollarChart');
