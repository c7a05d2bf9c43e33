/** The chat page: puts its parts together and turns from room to room. */
import { api, Places } from '../weir.js';
import { Composer } from './composer.js';
import { Conversation } from './conversation.js';
import { ask, showHelp, showMembers, singleKeys } from './dialogs.js';
import { $, h, putIcons, storage } from './dom.js';
import { closeDrawer, openDrawer, wireDrawer } from './drawer.js';
import { Following, leaveFor } from './following.js';
import { LinkState } from './link.js';
import { closeMenu, menuIsOpen, openMenu } from './menu.js';
import { Models } from './models.js';
import { PresenceLine } from './presence.js';
import { Rooms } from './rooms.js';
import { Spending } from './spending.js';
import { LanguageChoice } from './translation.js';
import { initials, titleOf } from './words.js';

const EXAMPLES = [
  'Explain what a deadlock is, with a short Java example',
  'Write a SQL query that finds customers without orders',
  'Compare REST and messaging in a table',
  'Draft a friendly reminder that the review is due on Friday',
];

const places = new Places();
const rest = api({ places });
const settings = storage('localStorage');

class Chat {
  #me;
  #room = '';
  #following = null;
  #rooms;
  #models;
  #link = new LinkState(() => this.#following?.retry());
  #conversation;
  #composer;
  #presence;
  #language;
  #spending = new Spending(rest);
  #creating = false;

  constructor(session, models, rooms) {
    const me = session.user;
    this.#me = me;
    this.#language = new LanguageChoice(session, (language) => this.#attempt(() => rest.changeSession({ language })).then(
      (changed) => (setTimeout(() => this.#conversation.refresh()), changed.language), () => {}));
    this.#presence = new PresenceLine(me);
    this.#rooms = new Rooms({
      rename: (id, name) => this.#attempt(() => rest.changeRoom(id, { name })),
      remove: (id) => this.#attempt(() => rest.deleteRoom(id)).then(() => id === this.#room && this.#leave()),
    });
    this.#models = new Models((name) => this.#room && this.#attempt(() => rest.changeRoom(this.#room, { model: name })).then(
      () => this.#rooms.change(this.#room, { model: name }), () => {}));
    this.#conversation = new Conversation({
      isMine: (from) => from.id === me.id,
      language: () => this.#language.chosen,
      edit: (message, text) => this.#say({ command: 'edit', message, text, model: this.#models.chosen }),
      regenerate: (answer, anchor) => this.#regenerate(answer, anchor),
      proceed: (answer) => this.#following?.ask({ command: 'continue', message: answer.id }),
    });
    this.#composer = new Composer({
      send: (text) => this.#send(text),
      typing: () => this.#following?.ask({ command: 'typing' }),
      editLast: () => this.#conversation.editLast(),
    });
    this.#models.set(models);
    this.#rooms.set(rooms);
    this.#wire();
    this.#turnTo(this.#wanted());
  }

  #wanted() {
    return decodeURIComponent(location.hash.slice(1)) || new URLSearchParams(location.search).get('room') || '';
  }

  #wire() {
    window.addEventListener('hashchange', () => this.#turnTo(this.#wanted()));
    $('skip').addEventListener('click', (event) => (event.preventDefault(), this.#composer.focus()));
    $('brand').addEventListener('click', (event) => (event.preventDefault(), this.#leave()));
    $('new-room').addEventListener('click', () => this.#leave());
    $('stop').addEventListener('click', () => this.#stop());
    $('members').addEventListener('click', () => this.#showMembers());
    $('who').addEventListener('click', () => this.#openAccount());
    $('who-name').textContent = this.#me.name || this.#me.login;
    $('who-initials').textContent = initials(this.#me.name || this.#me.login);
    $('examples').append(...EXAMPLES.map((text) => h('button', { type: 'button', class: 'example', onclick: () => this.#composer.fill(text) }, text)));
    document.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.#refreshRooms());
  }

  /* ---- rooms */

  #turnTo(id) {
    closeMenu();
    closeDrawer();
    this.#tell('');
    if (id && id === this.#room) return;
    this.#following?.close();
    this.#following = null;
    this.#room = id;
    this.#conversation.clear();
    this.#presence.clear();
    this.#rooms.select(id);
    this.#composer.turnTo(id);
    this.#spending.turnTo(id);
    this.#models.choose(this.#rooms.get(id)?.model);
    this.#showTitle();
    $('members').hidden = true;
    this.#language.offer(false);
    $('empty').hidden = Boolean(id);
    $('stop').hidden = true;
    if (id) this.#follow(id);
    else this.#link.hide();
    this.#composer.focus();
  }

  /** To the empty page, where the first prompt makes a room. */
  #leave() {
    history.pushState(null, '', location.pathname);
    this.#turnTo('');
    this.#composer.focus();
  }

  #follow(id) {
    this.#link.show('connecting');
    this.#following = new Following(id, this.#me, places, {
      changed: (state, waiting) => id === this.#room && this.#show(state, waiting),
      link: (state, detail) => this.#linkIs(id, state, detail),
      refused: (error, command) => this.#refused(error, command),
    });
    rest.room(id).then((room) => {
      if (id !== this.#room) return;
      this.#knowMembers(room.members);
      this.#language.offer(Boolean(room.translates));
    }, () => {});
  }

  #show(state, waiting) {
    this.#conversation.show(state, waiting);
    const live = state?.messages.some((message) => message.live) ?? false;
    $('stop').hidden = !live;
    this.#spending.live(live);
    $('empty').hidden = !state || state.messages.length + waiting.length > 0;
    if (!state) return;
    this.#presence.show(state.presence);
    if (state.messages.some(({ interceptors = [] }) => interceptors.some(({ name }) => name === 'translate'))) this.#language.offer(true);
    const known = this.#rooms.get(this.#room);
    if (state.room && known && state.room.name !== known.name) this.#rooms.change(this.#room, { name: state.room.name });
    else if (state.room && !known) this.#rooms.change(this.#room, state.room);
    this.#showTitle();
  }

  #showTitle() {
    const title = titleOf(this.#following?.state?.room ?? this.#rooms.get(this.#room));
    if ($('title').textContent !== title) $('title').textContent = title;
    document.title = this.#room ? `${title} · Weir` : 'Weir';
  }

  #linkIs(id, state, detail) {
    this.#link.show(state, detail);
    if (state === 'signed-out') return this.#signedOut();
    if (state !== 'gone') return;
    this.#rooms.drop(id);
    $('stop').hidden = true;
    this.#tell('This conversation was deleted, or you are no longer a member of it.', 'Start a new one', () => this.#leave());
  }

  async #refreshRooms() {
    await rest.rooms(listed()).then(({ rooms }) => this.#rooms.set(rooms), (error) => error.status === 401 && this.#signedOut());
  }

  /* ---- saying things */

  async #send(text) {
    this.#tell('');
    this.#conversation.follow();
    const command = { command: 'prompt', text, model: this.#models.chosen };
    if (this.#room) return this.#say(command);
    if (this.#creating) return this.#composer.giveBack(text);
    this.#creating = true;
    try {
      const room = await rest.createRoom({ model: this.#models.chosen });
      leaveFor(room.id, command);
      this.#rooms.change(room.id, room, true);
      history.pushState(null, '', `#${room.id}`);
      this.#turnTo(room.id);
    } catch (error) {
      this.#refused(error, command);
    } finally {
      this.#creating = false;
    }
  }

  #say(command) {
    if (!this.#following) return;
    this.#tell('');
    this.#following.say(command);
    this.#rooms.change(this.#room, {}, true);
    this.#conversation.follow();
  }

  #regenerate(answer, anchor) {
    const again = (model) => this.#following?.ask({ command: 'regenerate', message: answer.id, ...(model && { model }) });
    if (anchor) this.#models.openAt(anchor, 'Write the answer again with', answer.model, again);
    else again(answer.model);
  }

  #stop() {
    const live = this.#following?.state?.messages.filter((message) => message.live) ?? [];
    for (const turn of new Set(live.map((message) => message.turn))) this.#following.ask({ command: 'stop', turn });
    if (document.activeElement === $('stop')) this.#composer.focus();
  }

  /** What a server refuses is said, and a text is given back to its writer. */
  #refused(error, command) {
    if (command.text) this.#composer.giveBack(command.text);
    if (error.code === 'over-budget') this.#spending.look();
    if (error.status === 401 || error.code === 'signed-out') this.#signedOut();
    else if (error.code !== 'gone') this.#tell(error.message);
  }

  async #attempt(action) {
    try {
      return await action();
    } catch (error) {
      if (error.status === 401) this.#signedOut();
      else this.#tell(error.message);
      throw error;
    }
  }

  #signedOut() {
    this.#tell('You are signed out. What you wrote is kept.', 'Sign in again', () => location.assign(signInAddress()));
  }

  /** Shows a sentence above the message box, with something to do about it; an empty one takes it away. */
  #tell(text, action = '', act = null) {
    const dismiss = h('button', { type: 'button', class: 'problem-close', onclick: () => this.#tell('') }, action ? 'Not now' : 'Close');
    $('problem').replaceChildren(...(text ? [h('span', {}, text), action && h('button', { type: 'button', class: 'problem-act', onclick: act }, action), dismiss].filter(Boolean) : []));
  }

  /* ---- the rest */

  async #showMembers() {
    const room = await this.#attempt(() => rest.room(this.#room)).catch(() => null);
    if (room) showMembers({ room, me: this.#me, rest, changed: (members) => this.#knowMembers(members) });
  }

  #knowMembers(members = []) {
    $('members').hidden = false;
    $('member-count').textContent = members.length > 1 ? String(members.length) : '';
    const words = members.length === 1 ? 'Members: only you. Invite somebody' : `Members: ${members.length}`;
    $('members').setAttribute('aria-label', words);
    $('members').title = words;
  }

  #openAccount() {
    const chosen = document.documentElement.dataset.theme ?? '';
    const theme = (value, label) => ({ label, checked: chosen === value, act: () => setTheme(value) });
    openMenu($('who'), [
      theme('', 'Theme of the system'), theme('light', 'Light'), theme('dark', 'Dark'),
      { label: listed().completions ? 'Hide what programs asked' : 'Show what programs asked', act: () => this.#showCompletions(!listed().completions) },
      { label: 'What you have used', act: () => this.#spending.open() },
      { label: 'Keyboard', act: showHelp },
      consoleOf(this.#me.roles ?? []),
      { label: 'Sign out', act: signOut },
    ].filter(Boolean), 'Account and settings');
  }

  #showCompletions(shown) {
    settings.set('weir.completions', shown ? 'shown' : '');
    this.#refreshRooms();
  }

  #key(event) {
    const inText = event.target.closest?.('input, textarea, select, [contenteditable]');
    const inDialog = document.querySelector('dialog[open]');
    const withCtrl = event.ctrlKey || event.metaKey;
    if (inDialog || menuIsOpen() || event.defaultPrevented) return;
    const single = !inText && !withCtrl && !event.altKey && singleKeys();
    const act = event.key === 'Escape' ? !$('stop').hidden && (() => this.#stop())
      : withCtrl && event.shiftKey && event.key.toLowerCase() === 'o' ? () => this.#leave()
        : withCtrl && !event.shiftKey && event.key.toLowerCase() === 'k' ? () => this.#search()
          : single && event.key === '?' ? showHelp
            : single && event.key === '/' && (() => this.#composer.focus());
    if (!act) return;
    event.preventDefault();
    act();
  }

  #search() {
    $('search-box').hidden = false;
    openDrawer($('search'));
    $('search').focus();
    $('search').select();
  }
}

/** Which rooms the list has: those that programs made by asking through `/v1` would drown a person's own. */
const listed = () => ({ completions: settings.get('weir.completions') === 'shown' });

/** Where the console begins for somebody; nothing for those who may not go there. */
function consoleOf(roles) {
  const overseer = roles.includes('admin') || roles.includes('auditor');
  return (overseer || roles.includes('manager')) && { label: 'Console', href: overseer ? 'admin/' : 'admin/consumption' };
}

function setTheme(value) {
  settings.set('weir.theme', value);
  if (value) document.documentElement.dataset.theme = value;
  else delete document.documentElement.dataset.theme;
}

const signInAddress = () => `sign-in?next=${encodeURIComponent(location.pathname + location.search + location.hash)}`;

function signOut() {
  const form = h('form', { method: 'post', action: 'sign-out', hidden: true });
  document.body.append(form);
  form.submit();
}

async function start() {
  putIcons();
  wireDrawer();
  try {
    const [session, models, { rooms }] = await Promise.all([rest.session(), rest.models(), rest.rooms(listed())]);
    places.learn(session.nodes);
    new Chat(session, models, rooms);
  } catch (error) {
    if (error.status === 401) return location.replace(signInAddress());
    const again = await ask('The page could not be loaded', error.message, 'Try again');
    if (again) location.reload();
  }
}

start();
