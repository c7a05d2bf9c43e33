/** The page of interceptors: what is said here and what is inherited, and the order, by buttons and by dragging. */
import { $, announce } from '../dom.js';

const list = () => $('stations');
const stations = () => [...list().children];
const orderField = () => $('order-field');

function own(field, name, said) {
  field.dataset.own = said;
  field.querySelector(`[name="own.${CSS.escape(name)}"]`).value = said;
}

/** What the fields of the page say is the order that is shown. */
function keepOrder() {
  orderField().querySelector('[name="order"]').value = stations().map((it) => it.dataset.name).join();
  own(orderField(), 'order', true);
}

/** An interceptor moves among those of its place only: those of the model come first, those of the log last. */
function mayPass(station, other) {
  return other && other.dataset.place === station.dataset.place;
}

function refusal(station, other) {
  const { name, place } = station.dataset;
  return other ? `${name} stays ${place === 'middle' ? `on this side of ${other.dataset.name}` : `next to the ${place}`}.` : `${name} is at the end.`;
}

function showMovers() {
  if (!list()) return;
  for (const station of stations()) {
    for (const button of station.querySelectorAll('[data-move]')) {
      const other = button.dataset.move === '1' ? station.nextElementSibling : station.previousElementSibling;
      button.setAttribute('aria-disabled', !mayPass(station, other));
    }
  }
}

function place(station, before) {
  list().insertBefore(station, before);
  keepOrder();
  showMovers();
}

function move(button) {
  const station = button.closest('.station');
  const { name } = station.dataset;
  const down = button.dataset.move === '1';
  const other = down ? station.nextElementSibling : station.previousElementSibling;
  if (!mayPass(station, other)) {
    announce(refusal(station, other));
    return;
  }
  place(station, down ? other.nextElementSibling : other);
  button.focus();
  announce(`${name} is number ${stations().indexOf(station) + 1} of ${stations().length}.`);
}

function inheritOrder() {
  const names = orderField().dataset.inherited.split(',');
  for (const station of stations().sort((a, b) => names.indexOf(a.dataset.name) - names.indexOf(b.dataset.name))) list().append(station);
  keepOrder();
  own(orderField(), 'order', false);
  showMovers();
  announce('The order is inherited.');
}

function inherit(button) {
  if (button.dataset.inherit === 'order') return inheritOrder();
  const field = button.closest('.policy-field');
  const input = field.querySelector('.field');
  input.value = field.dataset.inherited ?? '';
  own(field, button.dataset.inherit, false);
  input.focus();
}

function changed({ target }) {
  const field = target.closest('.policy-field');
  if (field && target.name) own(field, target.name, true);
}

function clicked({ target }) {
  const button = target.closest('[data-move], [data-inherit]');
  if (button?.dataset.move) move(button);
  else if (button) inherit(button);
}

let dragged = null;
let refusedBy = null;

function dragStart(event) {
  const handle = event.target.closest?.('.handle');
  if (!handle) return;
  dragged = handle.closest('.station');
  event.dataTransfer.effectAllowed = 'move';
  event.dataTransfer.setData('text/plain', dragged.dataset.name);
  event.dataTransfer.setDragImage(dragged, 20, 20);
  dragged.classList.add('dragged');
}

function dragOver(event) {
  const over = event.target.closest?.('.station');
  if (!dragged || !over) return;
  if (!mayPass(dragged, over)) {
    if (refusedBy !== over) announce(refusal(dragged, over));
    refusedBy = over;
    return;
  }
  refusedBy = null;
  event.preventDefault();
  if (over === dragged) return;
  const box = over.getBoundingClientRect();
  const after = event.clientY > box.top + box.height / 2;
  const before = after ? over.nextElementSibling : over;
  if (before !== dragged && dragged.nextElementSibling !== before) place(dragged, before);
}

function dragEnd() {
  dragged?.classList.remove('dragged');
  dragged = null;
  refusedBy = null;
}

showMovers();
for (const event of ['input', 'change']) document.addEventListener(event, changed);
document.addEventListener('click', clicked);
document.addEventListener('dragstart', dragStart);
document.addEventListener('dragover', dragOver);
document.addEventListener('drop', (event) => dragged && event.preventDefault());
document.addEventListener('dragend', dragEnd);
window.jQuery?.(document).on('pfAjaxComplete', showMovers);
