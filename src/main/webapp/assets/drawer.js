/** The list of conversations on a narrow screen: slides over the page, keeps the focus, closes by Escape. */
import { $ } from './dom.js';

const narrow = matchMedia('(max-width: 48rem)');

export function openDrawer(then = $('close-side')) {
  if (!narrow.matches) return;
  $('side').classList.add('open');
  show();
  then.focus();
}

export function closeDrawer(back = null) {
  if (!$('side').classList.contains('open')) return;
  $('side').classList.remove('open');
  show();
  back?.focus();
}

function show() {
  const open = $('side').classList.contains('open');
  $('side').inert = narrow.matches && !open;
  $('main').inert = narrow.matches && open;
  $('skip').inert = narrow.matches && open;
  $('scrim').hidden = !(narrow.matches && open);
}

export function wireDrawer() {
  $('open-side').addEventListener('click', () => openDrawer());
  $('close-side').addEventListener('click', () => closeDrawer($('open-side')));
  $('scrim').addEventListener('click', () => closeDrawer($('open-side')));
  $('side').addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || !narrow.matches) return;
    event.stopPropagation();
    closeDrawer($('open-side'));
  });
  narrow.addEventListener('change', () => ($('side').classList.remove('open'), show()));
  show();
}
