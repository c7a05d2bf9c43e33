/** Small helpers for building the page. */

const SVG = 'http://www.w3.org/2000/svg';

const ICONS = {
  close: 'M6 6l12 12M18 6L6 18',
  plus: 'M12 5v14M5 12h14',
  menu: 'M4 7h16M4 12h16M4 17h16',
  people: 'M9 11a3.5 3.5 0 100-7 3.5 3.5 0 000 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.3a3.5 3.5 0 010 6.4M18 14.4c2.1.8 3.5 2.8 3.5 5.6',
  down: 'M12 5v14M6 13l6 6 6-6',
  up: 'M12 19V5M6 11l6-6 6 6',
  stop: 'M8 8h8v8H8z',
  pencil: 'M4 20l1-4L16.5 4.5a2.1 2.1 0 013 3L8 19l-4 1z',
  bin: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  check: 'M5 12.5l5 5L19.5 7',
  again: 'M20 11a8 8 0 10-2.3 6.2M20 4v7h-7',
  forward: 'M5 5l7 7-7 7M13 5l7 7-7 7',
  chevron: 'M7 10l5 5 5-5',
  back: 'M19 12H5M11 6l-6 6 6 6',
  pulse: 'M3 12h4l3-8 4 16 3-8h4',
  spark: 'M12 3l2.2 6.8L21 12l-6.8 2.2L12 21l-2.2-6.8L3 12l6.8-2.2z',
  bubbles: 'M4 5h12v8H9l-4 3v-3H4zM16 9h4v8h-1v3l-4-3h-4v-1',
  person: 'M12 12a4 4 0 100-8 4 4 0 000 8zM4.5 20.5c0-4 3.3-6.5 7.5-6.5s7.5 2.5 7.5 6.5',
  house: 'M4 21V5h10v16M14 10h6v11M3 21h18M7.5 9h3M7.5 13h3M7.5 17h3',
  scroll: 'M6 3h9l4 4v14H6zM15 3v4h4M9.5 11h6M9.5 14.5h6M9.5 18h4',
  meter: 'M4.5 18a9 9 0 1115 0M12 14l4-5M12 15.5a1.5 1.5 0 100-3 1.5 1.5 0 000 3z',
  purse: 'M4 7h14v3M4 7v12h16v-9H6a2 2 0 01-2-2V7a2 2 0 012-2h11M16 14.5h1',
  nodes: 'M12 4v6M12 10l-6 6M12 10l6 6M10 4h4v4h-4zM4 16h4v4H4zM16 16h4v4h-4z',
  layers: 'M12 3l9 5-9 5-9-5zM3 13l9 5 9-5',
  flask: 'M9 3h6M10 3v6L4.6 19a1.4 1.4 0 001.2 2h12.4a1.4 1.4 0 001.2-2L14 9V3M7 15h10',
  globe: 'M12 21a9 9 0 100-18 9 9 0 000 18zM3 12h18M12 3c2.5 2.5 3.8 5.5 3.8 9s-1.3 6.5-3.8 9c-2.5-2.5-3.8-5.5-3.8-9s1.3-6.5 3.8-9z',
  key: 'M8 19a4 4 0 100-8 4 4 0 000 8zM11 12l9-9M16 7l3 3',
};

/** Creates an element: properties that start with `on` are listeners, the others attributes; false and null leave out. */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A decorative line icon, in the colour of the text. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  const attributes = { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true', focusable: 'false' };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

/** A button with an icon; `label` is its accessible name and its tooltip. */
export function iconButton(name, label, onclick, attributes = {}) {
  return h('button', { type: 'button', class: 'icon-button', 'aria-label': label, title: label, onclick, ...attributes }, icon(name));
}

export const $ = (id) => document.getElementById(id);

/** Puts the icons where the page's HTML asks for them by `data-icon`. */
export function putIcons(root = document) {
  for (const element of root.querySelectorAll('[data-icon]')) {
    if (element.querySelector('.icon')) continue;
    element.prepend(icon(element.dataset.icon));
    if (element.ariaLabel && !element.title) element.title = element.ariaLabel;
  }
}

/** Says something to screen readers, once. */
export function announce(text) {
  const status = $('status');
  status.textContent = '';
  setTimeout(() => (status.textContent = text), 50);
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https there is no clipboard; the old way still works.
    const area = h('textarea', { class: 'visually-hidden', readonly: true });
    area.value = text;
    const focused = document.activeElement;
    (document.querySelector('dialog[open]') ?? document.body).append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    focused?.focus();
  }
}

/** Shows on a button for a moment that it did what it says. */
export function confirmOn(button, name, text) {
  const before = button.querySelector('.icon');
  const label = button.querySelector('.label');
  const words = label?.textContent;
  before?.replaceWith(icon('check'));
  if (label) label.textContent = text;
  announce(text);
  setTimeout(() => {
    button.querySelector('.icon')?.replaceWith(icon(name));
    if (label) label.textContent = words;
  }, 1600);
}

/** Storage that may be forbidden or full: reads null, writes in vain. */
export function storage(area) {
  const attempt = (action) => {
    try {
      return action(globalThis[area]);
    } catch {
      return null;
    }
  };
  return {
    get: (key) => attempt((store) => store.getItem(key)),
    set: (key, value) => attempt((store) => (value ? store.setItem(key, value) : store.removeItem(key))),
  };
}
