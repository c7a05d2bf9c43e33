/** What pages share to which the server pushes figures: the connection's state, and how it comes back. */
import { $ } from '../dom.js';

const LOOK_EVERY = 2_000;
const TIME_TO_REOPEN = 4_000;
let looking = 0;

export const set = (id, text) => { if ($(id).textContent !== text) $(id).textContent = text; };

function state(name, text) {
  $('link-state').dataset.state = name;
  set('link-state', text);
}

/** A server that is starting has other answers, and pages of its own. */
const isWeir = (answer) => (answer?.ok || answer?.status === 401) && (answer.headers.get('content-type') ?? '').includes('json');

/**
 * The connection is lost. It opens again by itself, later and later, when only the way to the server broke. After a restart the
 * server knows it no more: as soon as there is a server that answers, and no connection still, the page is loaded anew, which
 * leads by way of signing in when that is needed.
 */
function comeBack() {
  state('offline', 'Reconnecting');
  if (looking) return;
  const look = async () => {
    const answer = await fetch('../api/session', { cache: 'no-store' }).catch(() => null);
    if (!looking) return;
    looking = isWeir(answer)
      ? setTimeout(() => looking && location.reload(), TIME_TO_REOPEN)
      : setTimeout(look, LOOK_EVERY);
  };
  looking = setTimeout(look, LOOK_EVERY);
}

function live() {
  clearTimeout(looking);
  looking = 0;
  state('live', 'Live');
}

/** Shows the figures that are in the page, then each that is pushed, and once more when the charts have been made. */
export function showPushed(show) {
  const { kept } = window.weirLive ?? {};
  let latest = null;
  const take = (figures) => {
    latest = figures;
    show(figures);
  };
  window.weirLive = {
    opened: live,
    show: (message) => {
      live();
      take(typeof message === 'string' ? JSON.parse(message) : message);
    },
    lost: comeBack,
    closed: (code) => {
      if (code === -1) return state('offline', 'This browser has no WebSockets: the figures are those of a moment ago');
      comeBack();
    },
  };
  take(JSON.parse($('live').textContent));
  if (kept) window.weirLive.show(kept);
  document.addEventListener('DOMContentLoaded', () => setTimeout(() => latest && show(latest)));
}
