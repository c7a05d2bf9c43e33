/** A budget as a card: what is left of it over its period, and when it runs out. */
import { h } from '../dom.js';
import { amount, moment, quantity, until } from './amounts.js';

const SVG = 'http://www.w3.org/2000/svg';
const WIDTH = 300;
const HEIGHT = 72;

function svg(tag, attributes) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

const FORECASTS = {
  spent: (budget) => `Used up. There is more ${moment(budget.resets)}.`,
  runs_out: (budget, now) => `Runs out ${moment(budget.out)}, ${until(budget.out - now)}, at the present rate.`,
  lasts: () => 'Does not run out in this period at the present rate.',
  none: () => '',
};

/** The lines of the chart: what was left, and what will be, in the chart's own coordinates. */
export function lines(budget, now) {
  const { start, end, limit, left, charged, points, forecast, out } = budget;
  const ends = Math.max(end, now + (end - start) * .12);
  const x = (at) => Math.round((Math.min(Math.max(at, start), ends) - start) / (ends - start) * WIDTH * 10) / 10;
  const y = (rest) => Math.round((1 - (limit ? Math.min(Math.max(rest, 0), limit) / limit : 0)) * (HEIGHT - 4) * 10) / 10 + 2;
  const past = [...points.map(([at, used]) => [at, limit - used]), [now, limit - charged]].map(([at, rest]) => `${x(at)},${y(rest)}`);
  const ahead = forecast === 'runs_out' ? [[now, left], [Math.min(out, ends), 0]] : [[now, left], [ends, left]];
  return { past: past.join(' '), area: `${past.join(' ')} ${x(now)},${y(0)} ${x(start)},${y(0)}`, ahead: ahead.map(([at, rest]) => `${x(at)},${y(rest)}`).join(' '), now: x(now) };
}

export function card() {
  const part = (name, tag = 'p') => h(tag, { class: `burn-${name}` });
  const chart = svg('svg', { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none', role: 'img', class: 'burn-chart' });
  chart.append(svg('polygon', { class: 'burn-area' }), svg('polyline', { class: 'burn-past' }), svg('polyline', { class: 'burn-ahead' }), svg('line', { class: 'burn-now', y1: 0, y2: HEIGHT }));
  return h('li', { class: 'card burn-down' }, part('name', 'h3'), part('scope'), part('left'), chart, part('forecast'));
}

function write(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

export function fill(element, budget, now) {
  const find = (name) => element.querySelector(`.burn-${name}`);
  const { unit, limit, left, held, paused } = budget;
  const forecast = FORECASTS[budget.forecast]?.(budget, now) ?? '';
  element.dataset.forecast = budget.forecast;
  write(find('name'), budget.name);
  write(find('scope'), `For ${budget.scope}, ${budget.period}; ${paused ? 'paused, nothing is refused' : budget.atLimit}.`);
  write(find('left'), `${quantity(left, unit)} of ${amount(limit, unit)} left${held ? `, ${quantity(held, unit)} set aside` : ''}`);
  write(find('forecast'), forecast);
  const shown = lines(budget, now);
  const chart = find('chart');
  chart.setAttribute('aria-label', `${budget.name}: ${budget.percent} percent are used or set aside`);
  find('area').setAttribute('points', shown.area);
  find('past').setAttribute('points', shown.past);
  find('ahead').setAttribute('points', shown.ahead);
  find('now').setAttribute('x1', shown.now);
  find('now').setAttribute('x2', shown.now);
}
