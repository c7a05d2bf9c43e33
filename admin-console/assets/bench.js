/** The bench: sample texts, and cuts by clicking between characters. */
import { $, h } from '../dom.js';

/** Longer texts are cut by their numbers only: the strip would have too many elements. */
const LONGEST_STRIP = 2000;

const text = () => $('bench:text');
const how = () => $('bench:how');
const field = () => $('bench:cuts');

function cuts() {
  return new Set((field().value.match(/\d+/g) ?? []).map(Number).filter((at) => at > 0 && at < text().value.length));
}

function keep(places) {
  field().value = [...places].sort((a, b) => a - b).join(', ');
  show();
}

function toggle(at) {
  const places = cuts();
  if (!places.delete(at)) places.add(at);
  keep(places);
}

function show() {
  if (!how()) return;
  for (const part of document.querySelectorAll('[data-for]')) part.hidden = part.dataset.for !== how().value;
  const strip = $('strip');
  const { value } = text();
  if (how().value !== 'cuts' || !value || value.length > LONGEST_STRIP) return strip.replaceChildren();
  const places = cuts();
  strip.replaceChildren(
    ...[...value].reduce(
      ({ at, spans }, character) => ({
        at: at + character.length,
        spans: [...spans, h('span', { 'data-at': at, class: places.has(at) ? 'cut' : null }, character)],
      }),
      { at: 0, spans: [] },
    ).spans,
  );
}

/** The place between characters that was clicked: before the character, or after it when its right half was hit. */
function clicked({ target, clientX }) {
  const sample = target.closest('[data-sample]');
  if (sample) {
    text().value = sample.dataset.sample;
    keep(new Set());
    text().focus();
  } else if (target.id === 'cut-here') {
    keep(cuts().add(text().selectionStart));
  } else if (target.dataset?.at && target.closest('#strip')) {
    const box = target.getBoundingClientRect();
    toggle(Number(target.dataset.at) + (clientX > box.left + box.width / 2 ? target.textContent.length : 0));
  }
}

show();
document.addEventListener('click', clicked);
document.addEventListener('input', ({ target }) => target.closest('#bench') && show());
// Not for the text: that changes when the strip is clicked, and what is clicked must stay.
document.addEventListener('change', ({ target }) => target === how() && show());
window.jQuery?.(document).on('pfAjaxComplete', show);
