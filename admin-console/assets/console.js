/** What every page of the console needs: icons, moments in the reader's time zone, questions before acts, failures. */
import { $, confirmOn, copy, putIcons } from '../dom.js';

const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function showMoments() {
  for (const time of document.querySelectorAll('time[datetime]:not([data-shown])')) {
    const at = new Date(time.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    time.textContent = moments.format(at);
    time.title = time.dateTime;
    time.dataset.shown = '';
  }
}

/** Opens a dialog; what the button names goes into its form. */
function open(button) {
  const dialog = document.getElementById(button.dataset.open);
  const { value, label } = button.dataset;
  const chosen = dialog.querySelector('input[type="hidden"][id$=":chosen"]');
  if (chosen && value) chosen.value = value;
  const subject = dialog.querySelector('.question-subject');
  if (subject) subject.textContent = button.dataset.subject ?? label ?? value;
  for (const field of dialog.querySelectorAll('.fill')) field.value = label ?? '';
  dialog.showModal();
  (dialog.querySelector('.field') ?? dialog.querySelector('.buttons [data-close]'))?.focus();
  dialog.querySelector('.fill')?.select();
}

/** A secret that was shown once is gone with its dialog. */
function close(dialog) {
  dialog.close();
  if (dialog.querySelector('.shown-once')) location.reload();
}

function clicked({ target }) {
  const button = target.closest('[data-open], [data-close], [data-copy]');
  if (target.matches('dialog[open]') && !target.querySelector('.shown-once')) target.close();
  if (!button) return;
  if (button.dataset.open) open(button);
  else if (button.dataset.close) close(document.getElementById(button.dataset.close));
  else copy(button.dataset.copy).then(() => confirmOn(button, 'copy', 'Copied'));
}

/** Says what went wrong with a click, until the next one. */
export function trouble(text) {
  $('trouble').textContent = text;
}

function failed(xhr) {
  if (xhr?.status === 401) return location.reload();
  const said = xhr?.responseXML?.querySelector('error-message')?.textContent;
  trouble(said ?? (xhr?.status ? 'The server did not accept that. Load the page again and repeat it.' : 'The server can’t be reached. Check the connection and try again.'));
}

/** PrimeFaces gives its items a role that items of a list can't have; the region around them is live anyway. */
function plainItems() {
  for (const item of document.querySelectorAll('.ui-messages li[role]')) item.removeAttribute('role');
}

putIcons();
showMoments();
document.addEventListener('click', clicked);
window.jQuery?.(document)
  .on('pfAjaxError', (event, xhr) => failed(xhr))
  .on('pfAjaxSend', () => trouble(''))
  .on('pfAjaxComplete', () => {
    showMoments();
    putIcons();
    plainItems();
  });
if (new URLSearchParams(location.search).has('expired')) {
  trouble('The page had been open for too long and was loaded anew. Please repeat what you wanted to do.');
  history.replaceState(null, '', location.pathname);
}
