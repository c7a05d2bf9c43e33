/**
 * Markdown that is shown while it is written: final blocks are rendered once and never touched again; of the open last
 * block only the parts that differ are.
 */
import { Marked } from '../webjars/marked/17.0.1/lib/marked.esm.js';
import createPurifier from '../webjars/dompurify/3.3.3/dist/purify.es.mjs';
import { cutBlocks, tidy } from './blocks.js';
import { confirmOn, copy, h, icon } from './dom.js';

const HIGHLIGHT_WHILE_OPEN = 10_000;
const HIGHLIGHT_AT_ALL = 200_000;

const escape = (text) => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

const marked = new Marked({
  gfm: true,
  // Every item holds paragraphs, so that a list reads the same before and after a blank line between items comes.
  walkTokens(token) {
    if (token.type !== 'list_item' || token.task) return;
    for (const part of token.tokens) if (part.type === 'text') part.type = 'paragraph';
  },
  renderer: {
    // Pictures of other hosts are not loaded by themselves: who wants one follows the link.
    image({ href, text }) {
      return `<a href="${escape(href)}">${escape(text || 'picture')} (picture)</a>`;
    },
    checkbox({ checked }) {
      return checked ? '☑ ' : '☐ ';
    },
  },
});

const ALLOWED = {
  ALLOWED_TAGS: [
    'a', 'abbr', 'b', 'blockquote', 'br', 'code', 'dd', 'del', 'details', 'div', 'dl', 'dt', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6',
    'hr', 'i', 'ins', 'kbd', 'li', 'mark', 'ol', 'p', 'pre', 'q', 's', 'samp', 'small', 'span', 'strong', 'sub', 'summary', 'sup',
    'table', 'tbody', 'td', 'tfoot', 'th', 'thead', 'tr', 'u', 'ul', 'var',
  ],
  ALLOWED_ATTR: ['href', 'title', 'start', 'reversed', 'align', 'colspan', 'rowspan', 'class', 'lang', 'dir', 'open'],
  ALLOWED_URI_REGEXP: /^(?:https?:|mailto:)/i,
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  RETURN_DOM_FRAGMENT: true,
};

const purifier = createPurifier(window);

purifier.addHook('afterSanitizeAttributes', (node) => {
  if (node.hasAttribute('class') && !(node.tagName === 'CODE' && /^language-[\w+#.-]+$/.test(node.className))) node.removeAttribute('class');
  if (node.tagName !== 'A') return;
  if (!node.hasAttribute('href')) return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

/** The markdown of one answer, in an element of its own. */
export class MarkdownView {
  element = h('div', { class: 'markdown' });
  #text = '';
  #done = 0;
  #open = null;
  #finished = false;

  /** Shows the text. When it only grew, what is shown already stays as it is. */
  show(given, finished) {
    const text = given.replace(/\r\n?/g, '\n');
    if (text === this.#text && finished === this.#finished) return;
    if (!text.startsWith(this.#text.slice(0, this.#done))) this.#clear();
    this.#text = text;
    this.#finished = finished;
    const { final, open } = cutBlocks(text.slice(this.#done), (markdown) => marked.lexer(markdown));
    for (const raw of final) this.#close(raw);
    if (finished) this.#close(open);
    else if (open.trim()) this.#grow(open);
  }

  /** The open block, if any, becomes final; or a final block is added. */
  #close(raw) {
    this.#done += raw.length;
    const nodes = render(raw, true);
    if (this.#open) morph(this.#open, nodes);
    else if (nodes.hasChildNodes()) this.element.append(h('div', { class: 'block' }, nodes));
    this.#open = null;
  }

  #grow(open) {
    const nodes = render(tidy(open), false);
    if (this.#open) morph(this.#open, nodes);
    else this.element.append((this.#open = h('div', { class: 'block' }, nodes)));
  }

  #clear() {
    this.element.replaceChildren();
    this.#open = null;
    this.#done = 0;
  }
}

function render(markdown, final) {
  const fragment = purifier.sanitize(marked.parse(markdown), ALLOWED);
  for (const table of fragment.querySelectorAll('table')) {
    const box = h('div', { class: 'table-box', tabindex: '0', role: 'region', 'aria-label': 'Table' });
    table.replaceWith(box);
    box.append(table);
  }
  for (const code of fragment.querySelectorAll('pre > code')) dressCode(code, final);
  return fragment;
}

function dressCode(code, final) {
  const language = code.className.replace('language-', '');
  const source = code.textContent;
  const known = language && globalThis.hljs?.getLanguage(language);
  if (known && source.length < (final ? HIGHLIGHT_AT_ALL : HIGHLIGHT_WHILE_OPEN)) {
    const coloured = globalThis.hljs.highlight(source, { language, ignoreIllegals: true }).value;
    code.replaceChildren(colours(coloured));
  }
  const pre = code.parentElement;
  pre.tabIndex = 0;
  const box = h('div', { class: 'code' });
  pre.replaceWith(box);
  const button = h('button', { type: 'button', class: 'code-copy' }, icon('copy'), h('span', { class: 'label' }, 'Copy'));
  box.append(h('div', { class: 'code-bar' }, h('span', {}, known?.name ?? (language || 'Text')), button), pre);
}

// The hook above takes every class away, so the highlighter's spans have a purifier of their own.
const colourPurifier = createPurifier(window);
const colours = (html) => colourPurifier.sanitize(html, { ALLOWED_TAGS: ['span'], ALLOWED_ATTR: ['class'], RETURN_DOM_FRAGMENT: true });

/** Copying is heard at the document, so that a block is complete without listeners of its own. */
document.addEventListener('click', async (event) => {
  const button = event.target.closest?.('.code-copy');
  if (!button) return;
  await copy(button.closest('.code').querySelector('code').textContent.replace(/\n$/, ''));
  confirmOn(button, 'copy', 'Copied');
});

/** Makes `live`'s children those of `wanted`, touching only what differs. */
function morph(live, wanted) {
  const [old, fresh] = [[...live.childNodes], [...wanted.childNodes]];
  fresh.forEach((node, i) => {
    const there = old[i];
    if (!there) live.append(node);
    else if (there.isEqualNode(node)) return;
    else if (there.nodeType === Node.TEXT_NODE && node.nodeType === Node.TEXT_NODE) retext(there, node.data);
    else if (alike(there, node)) morph(there, node);
    else there.replaceWith(node);
  });
  old.slice(fresh.length).forEach((node) => node.remove());
}

function retext(node, text) {
  if (text.startsWith(node.data)) node.appendData(text.slice(node.data.length));
  else node.data = text;
}

function alike(one, other) {
  if (one.nodeType !== Node.ELEMENT_NODE || one.tagName !== other.tagName) return false;
  return one.attributes.length === other.attributes.length && [...one.attributes].every(({ name, value }) => other.getAttribute(name) === value);
}
