/** What pages with charts share: the look, from the page's own colours. */
import { h } from '../dom.js';

const TICKS = { 120: '2 min ago', 90: '90 s', 60: '60 s', 30: '30 s', 1: 'now' };

/** The latest two minutes as lines; `this` is what PrimeFaces makes a chart of. Colours are properties of theme.css. */
export function lineChart(widget, colours, options = {}) {
  const chart = widget.cfg.config;
  widget.canvas.attr('aria-label', widget.jq.closest('section').find('h2').text());
  chart.options = {
    colours, dots: false, filled: false,
    responsive: true, maintainAspectRatio: false, animation: false, normalized: true, spanGaps: true,
    interaction: { mode: 'index', intersect: false },
    elements: { point: { hitRadius: 6 }, line: { borderWidth: 2, tension: .3 } },
    scales: {
      x: { ticks: { autoSkip: false, maxRotation: 0, callback: (value, index) => TICKS[120 - index] }, grid: { display: false } },
      y: { beginAtZero: true, suggestedMax: 10, ticks: { maxTicksLimit: 5, precision: 0 }, border: { display: false } },
    },
    plugins: { legend: { align: 'end', labels: { boxWidth: 10, boxHeight: 10, usePointStyle: true, pointStyle: 'circle' } }, tooltip: { callbacks: { title: ([{ label }]) => `${-label} s ago` } } },
    ...options,
  };
  paint(chart);
  return chart;
}

function paint({ data, options }) {
  const style = getComputedStyle(document.documentElement);
  const probe = document.body.appendChild(h('span', { hidden: true }));
  const colour = (value) => {
    probe.style.color = value;
    return getComputedStyle(probe).color;
  };
  const solid = options.colours.map((name) => colour(`var(${name})`));
  const pale = options.colours.map((name) => colour(`color-mix(in srgb, var(${name}) 22%, transparent)`));
  const [text, line] = [colour('var(--muted)'), colour('var(--line)')];
  probe.remove();
  data.datasets.forEach((set, index) => Object.assign(set, {
    borderColor: solid[index], pointBackgroundColor: solid[index], pointRadius: options.dots ? 2.5 : 0,
    backgroundColor: options.filled ? pale[index] : solid[index],
  }));
  Object.assign(options, { color: text, borderColor: line, font: { family: style.getPropertyValue('--sans'), size: 12 } });
  options.scales.x.ticks.color = text;
  options.scales.y.ticks.color = text;
  options.scales.y.grid = { color: line };
  options.plugins.legend.labels.color = text;
}

export const chartOf = (widget) => window.PF?.(widget)?.chart;

/** Draws them anew in the colours of the day or of the night. */
export function repaintAtNight(...widgets) {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
    for (const widget of widgets) {
      const chart = chartOf(widget);
      if (!chart) continue;
      paint(chart.config);
      chart.update('none');
    }
  });
}
