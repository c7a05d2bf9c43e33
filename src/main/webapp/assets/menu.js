/** A menu that opens at a button: arrow keys, Home, End, Escape, typing a letter. */
import { h } from './dom.js';

let current = null;

export const menuIsOpen = () => current !== null;

/**
 * @param anchor the button it belongs to
 * @param items `{ label, details?, note?, checked?, danger?, href?, act }`; `checked` makes it a choice
 * @param name what the menu is, for screen readers
 */
export function openMenu(anchor, items, name) {
  const again = current?.anchor === anchor;
  closeMenu();
  if (again) return;
  const entries = items.map((item) => entryOf(item));
  const menu = h('div', { class: 'menu', role: 'menu', 'aria-label': name, onkeydown: (event) => steer(event, entries) }, entries);
  (anchor.closest('main, nav, dialog') ?? document.body).append(menu);
  current = { menu, anchor };
  anchor.setAttribute('aria-expanded', 'true');
  place(menu, anchor);
  (entries.find((entry) => entry.ariaChecked === 'true') ?? entries[0])?.focus();
  setTimeout(() => document.addEventListener('pointerdown', outside, true));
  window.addEventListener('resize', closeMenu);
}

export function closeMenu() {
  if (!current) return;
  const { menu, anchor } = current;
  current = null;
  document.removeEventListener('pointerdown', outside, true);
  window.removeEventListener('resize', closeMenu);
  anchor.setAttribute('aria-expanded', 'false');
  const inside = menu.contains(document.activeElement);
  menu.remove();
  if (inside) anchor.focus();
}

function entryOf({ label, details = [], note, checked, danger, href, act }) {
  const role = checked === undefined ? 'menuitem' : 'menuitemradio';
  const shared = {
    role, tabindex: '-1', class: danger ? 'menu-item danger' : 'menu-item', 'aria-checked': checked === undefined ? null : String(checked), href,
    onclick: () => {
      closeMenu();
      act?.();
    },
  };
  return h(href ? 'a' : 'button', href ? shared : { type: 'button', ...shared },
    h('span', { class: 'menu-label' }, label),
    details.map((detail) => h('span', { class: 'menu-detail' }, detail)),
    note && h('span', { class: 'menu-note' }, note));
}

function steer(event, entries) {
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key !== ' ';
  if (event.key === 'Escape' || event.key === 'Tab') closeMenu();
  else if (to !== undefined) entries.at(to % entries.length).focus();
  else if (letter) entries.find((entry) => entry.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  else return;
  if (event.key !== 'Tab') event.preventDefault();
  event.stopPropagation();
}

function outside(event) {
  if (current && !current.menu.contains(event.target) && !current.anchor.contains(event.target)) closeMenu();
}

function place(menu, anchor) {
  const [box, size] = [anchor.getBoundingClientRect(), menu.getBoundingClientRect()];
  const left = Math.max(8, Math.min(box.left, window.innerWidth - size.width - 8));
  const above = box.bottom + size.height + 8 > window.innerHeight && box.top > window.innerHeight / 2;
  const top = above ? Math.max(8, box.top - size.height - 6) : box.bottom + 6;
  Object.assign(menu.style, { left: `${left}px`, top: `${top}px`, maxHeight: `${window.innerHeight - top - 8}px` });
}
