/** Keeps a part of a page as it is now: asks the server for it every other second, also for those who may only look. */
import { $ } from '../dom.js';
import { showMoments, trouble } from './console.js';

const EVERY = 2_000;
const place = document.querySelector('[data-page]');
let lost = false;

/** What has the focus keeps it, where it is still there. */
function show(fresh) {
  const focused = place.contains(document.activeElement) ? document.activeElement.id : '';
  place.replaceChildren(...fresh.body.childNodes);
  showMoments();
  if (focused) $(focused)?.focus();
}

async function look() {
  try {
    const answer = await fetch(place.dataset.page, { headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(10_000) });
    if (answer.status === 401) return location.reload();
    if (!answer.ok) throw new Error(`status ${answer.status}`);
    const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
    if (!document.querySelector('dialog[open]')) show(fresh);
    if (lost) trouble('');
    lost = false;
  } catch {
    trouble('The server can’t be reached. This page looks again by itself.');
    lost = true;
  }
  setTimeout(look, EVERY);
}

setTimeout(look, EVERY);
