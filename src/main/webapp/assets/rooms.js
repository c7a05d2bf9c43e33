/** The list of conversations: choose, rename in place, delete, search. */
import { $, h, iconButton } from './dom.js';
import { ask } from './dialogs.js';
import { titleOf } from './words.js';

const SEARCH_FROM = 8;

export class Rooms {
  #rooms = [];
  #active = '';
  #renaming = '';
  #acts;

  /** @param acts `rename(id, name)`, `remove(id)`: promises that reject when the server refuses */
  constructor(acts) {
    this.#acts = acts;
    $('search').addEventListener('input', () => this.#render());
    $('search').addEventListener('keydown', (event) => this.#searchKey(event));
  }

  get(id) {
    return this.#rooms.find((room) => room.id === id);
  }

  /** Takes another list; the open room stays in it when it is one that the list leaves out. */
  set(rooms) {
    const open = this.get(this.#active);
    const leftOut = open?.origin === 'completion' && !rooms.some(({ id }) => id === open.id);
    this.#rooms = leftOut ? [open, ...rooms] : rooms;
    this.#render();
  }

  select(id) {
    this.#active = id;
    this.#render();
  }

  /** Puts a room in, or changes what is known of it; `first` moves it to the top. */
  change(id, change, first = false) {
    const known = this.get(id);
    const room = { ...known, ...change, id };
    const others = this.#rooms.filter((other) => other.id !== id);
    if (first || !known) this.#rooms = [room, ...others];
    else this.#rooms = this.#rooms.map((other) => (other.id === id ? room : other));
    this.#render();
  }

  drop(id) {
    this.#rooms = this.#rooms.filter((room) => room.id !== id);
    this.#render();
  }

  startRename(id) {
    this.#renaming = id;
    this.#render();
    const field = $('rooms').querySelector('input');
    field?.focus();
    field?.select();
  }

  #render() {
    if (this.#renaming && document.activeElement?.matches('#rooms input') && document.activeElement.dataset.room === this.#renaming) return;
    const list = $('rooms');
    const focused = list.contains(document.activeElement) && document.activeElement.closest('[data-room]')?.dataset.room;
    const asked = $('search').value.trim().toLowerCase();
    const found = this.#rooms.filter((room) => titleOf(room).toLowerCase().includes(asked));
    $('search-box').hidden = this.#rooms.length < SEARCH_FROM && !asked;
    $('rooms-none').hidden = found.length > 0;
    $('rooms-none').textContent = asked ? 'No conversation has this name.' : 'Your conversations will be listed here.';
    list.replaceChildren(...found.map((room) => (room.id === this.#renaming ? this.#field(room) : this.#row(room))));
    if (focused) list.querySelector(`[data-room="${CSS.escape(focused)}"] a`)?.focus();
  }

  #row(room) {
    const title = titleOf(room);
    const active = room.id === this.#active;
    const hint = room.origin === 'completion' ? `${title} (asked by a program)` : title;
    return h('li', { class: active ? 'room active' : 'room', 'data-room': room.id },
      h('a', { href: `#${room.id}`, 'aria-current': active ? 'page' : null, title: hint, ondblclick: () => this.startRename(room.id) }, title),
      iconButton('pencil', `Rename “${title}”`, () => this.startRename(room.id)),
      iconButton('bin', `Delete “${title}”`, () => this.#remove(room)));
  }

  #field(room) {
    const field = h('input', { class: 'field', 'aria-label': 'New name', maxlength: '200', 'data-room': room.id });
    field.value = room.name ?? '';
    let done = false;
    const end = async (keep) => {
      if (done) return;
      done = true;
      const name = field.value.trim();
      const kept = keep && name && name !== room.name;
      this.#renaming = '';
      if (kept) this.change(room.id, { name });
      else this.#render();
      $('rooms').querySelector(`[data-room="${CSS.escape(room.id)}"] a`)?.focus();
      if (!kept) return;
      await this.#acts.rename(room.id, name).catch(() => this.change(room.id, { name: room.name }));
    };
    field.addEventListener('blur', () => end(true));
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' && event.key !== 'Escape') return;
      event.preventDefault();
      event.stopPropagation();
      field.removeAttribute('data-room');
      end(event.key === 'Enter');
    });
    return h('li', { class: 'room renaming' }, field);
  }

  async #remove(room) {
    const yes = await ask('Delete this conversation?', `“${titleOf(room)}” and all its messages will be gone for every member. This can’t be undone.`, 'Delete');
    if (!yes) return;
    await this.#acts.remove(room.id).then(() => this.drop(room.id), () => {});
  }

  #searchKey(event) {
    if (event.key === 'Enter') $('rooms').querySelector('a')?.click();
    if (event.key === 'ArrowDown') $('rooms').querySelector('a')?.focus();
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    $('search').value = '';
    this.#render();
    $('prompt').focus();
  }
}
