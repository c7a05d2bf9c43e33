/** The overview: shows the figures that are in the page, then those that the server pushes. */
import { $, h } from '../dom.js';
import { chartOf, lineChart, repaintAtNight } from './charts.js';
import { trouble } from './console.js';
import { set, showPushed } from './pushed.js';

const TRANSPORTS = {
  websocket: 'WebSocket', sse: 'Server-sent events', 'long-polling': 'Long-polling', 'rest-sse': 'REST, streamed',
  'rest-poll': 'REST, polled', openai: 'OpenAI door', mcp: 'MCP', other: 'Others',
};
const STATES = { thinking: 'thinking', generating: 'writing' };
const numbers = new Intl.NumberFormat();
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const stopping = new Set();
let skew = 0;

const sum = (values) => values.reduce((all, value) => all + value, 0);
const rate = (values) => numbers.format(Math.round(sum(values.slice(-10)) / Math.min(10, values.length || 1)));

function millis(value) {
  return value < 1000 ? `${value} ms` : `${(value / 1000).toFixed(1)} s`;
}

function running(since) {
  const seconds = Math.max(0, Math.floor((Date.now() - skew - since) / 1000));
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

function median(values) {
  const sorted = values.filter((value) => value !== null).sort((one, other) => one - other);
  return sorted.length ? sorted[Math.floor((sorted.length - 1) / 2)] : null;
}

/* ---- figures and charts */

function showFigures({ running: count, seconds, connections }) {
  set('running', numbers.format(count));
  set('deltas', rate(seconds.deltas));
  set('tokens', rate(seconds.tokens));
  const first = median(seconds.first);
  set('first', first === null ? '–' : millis(first));
  set('open', numbers.format(sum(connections.map(({ open }) => open))));
}

function draw(widget, ...series) {
  const chart = chartOf(widget);
  if (!chart) return;
  const { datasets } = chart.data;
  chart.data.labels = series[0].map((value, index) => index - series[0].length);
  series.forEach((values, index) => { datasets[index].data = values; });
  chart.update('none');
}

/** Called by PrimeFaces for each chart before it is made. */
window.weirChart = function weirChart() {
  lineChart(this, ['--accent', '--warn'], { dots: this.cfg.widgetVar === 'waits' });
};

/* ---- turns */

const rows = new Map();

function showTurns(turns) {
  const body = $('turns').tBodies[0];
  const seen = new Set(turns.map(({ branch }) => branch));
  for (const [branch, row] of rows) {
    if (seen.has(branch)) continue;
    row.remove();
    rows.delete(branch);
    stopping.delete(branch);
  }
  turns.forEach((turn, index) => {
    const row = rows.get(turn.branch) ?? rowOf(turn);
    if (body.rows[index] !== row) body.insertBefore(row, body.rows[index] ?? null);
    fill(row, turn);
  });
  $('turns').hidden = turns.length === 0;
  $('no-turns').hidden = turns.length > 0;
}

function rowOf(turn) {
  const stoppable = $('turns').dataset.stoppable === 'true';
  const cell = (name, kind = '') => h('td', { 'data-cell': name, class: kind });
  const row = h('tr', {},
    h('th', { scope: 'row' }, turn.who), h('td', {}, turn.model), h('td', { class: 'id' }, turn.room),
    cell('state'), cell('since', 'number'), cell('deltas', 'number'), cell('tokens', 'number'),
    stoppable && h('td', { class: 'row-buttons' }, h('button', {
      type: 'button', class: 'small-button', 'aria-label': `Stop the turn of ${turn.who} with ${turn.model}`, onclick: () => stop(turn, row),
    }, 'Stop')));
  rows.set(turn.branch, row);
  return row;
}

function fill(row, turn) {
  const values = {
    state: stopping.has(turn.branch) ? 'stopping' : STATES[turn.state] ?? turn.state, since: running(turn.since),
    deltas: numbers.format(turn.deltas), tokens: numbers.format(turn.tokens),
  };
  for (const [name, text] of Object.entries(values)) {
    const cell = row.querySelector(`[data-cell="${name}"]`);
    if (cell.textContent !== text) cell.textContent = text;
  }
}

function stop(turn, row) {
  stopping.add(turn.branch);
  row.querySelector('button').disabled = true;
  window.weirStop([{ name: 'room', value: turn.room }, { name: 'turn', value: turn.turn }]);
  setTimeout(() => {
    if (!stopping.delete(turn.branch) || !row.isConnected) return;
    row.querySelector('button').disabled = false;
    trouble('The turn has not ended yet. Try again.');
  }, 10_000);
}

/* ---- failures and connections */

let shownFailures = '';

function showFailures(failures) {
  const now = JSON.stringify(failures);
  if (now === shownFailures) return;
  shownFailures = now;
  $('failures').replaceChildren(...failures.map(({ at, who, model, room, reason }) => h('li', {},
    h('p', { class: 'failure-top' }, h('strong', {}, model), ` for ${who} `, h('time', { datetime: new Date(at).toISOString(), title: day.format(at), 'data-shown': true }, clock.format(at))),
    h('p', {}, reason),
    h('p', { class: 'id' }, `Room ${room}`))));
  $('no-failures').hidden = failures.length > 0;
}

let shownConnections = '';

function showConnections(connections) {
  const now = JSON.stringify(connections);
  if (now === shownConnections) return;
  shownConnections = now;
  const used = ({ transport, open, resumes }) => ['websocket', 'sse', 'long-polling'].includes(transport) || open || resumes;
  $('connections').replaceChildren(...connections.filter(used).map(({ transport, open, resumes, dropped }) => h('div', {},
    h('dt', {}, TRANSPORTS[transport] ?? transport),
    h('dd', {}, h('strong', {}, numbers.format(open)), ' open', h('span', { class: 'muted' }, `, ${numbers.format(resumes)} came back${dropped ? `, ${numbers.format(dropped)} dropped` : ''}`)))));
}

/* ---- all of it */

function show(figures) {
  skew = Date.now() - figures.at;
  showFigures(figures);
  showTurns(figures.turns);
  showFailures(figures.failures);
  showConnections(figures.connections);
  draw('rates', figures.seconds.deltas, figures.seconds.tokens);
  draw('waits', figures.seconds.first, figures.seconds.longest);
}

showPushed(show);
repaintAtNight('rates', 'waits');
