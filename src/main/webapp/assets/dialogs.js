/** The page's dialogs: a question, the keyboard help, the members of a room. */
import { h, iconButton, storage } from './dom.js';
import { initials } from './words.js';

const settings = storage('localStorage');

/** Whether single keys (`?`, `/`) do something outside of text fields; can be switched off in the help. */
export const singleKeys = () => settings.get('weir.single-keys') !== 'off';

function open(title, body, ...buttons) {
  const back = document.activeElement;
  const heading = h('h2', { id: 'dialog-title' }, title);
  const dialog = h('dialog', { class: 'dialog', 'aria-labelledby': 'dialog-title' },
    h('div', { class: 'dialog-top' }, heading, iconButton('close', 'Close', () => dialog.close())),
    h('div', { class: 'dialog-body' }, body),
    buttons.length > 0 && h('div', { class: 'dialog-buttons' }, buttons));
  dialog.addEventListener('click', (event) => event.target === dialog && dialog.close());
  dialog.addEventListener('close', () => {
    dialog.remove();
    if (back?.isConnected) back.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Asks; resolves with true when the answer is yes. */
export function ask(title, text, yes) {
  return new Promise((resolve) => {
    let answer = false;
    const dialog = open(title, h('p', {}, text),
      h('button', { type: 'button', class: 'button', autofocus: true, onclick: () => dialog.close() }, 'Cancel'),
      h('button', { type: 'button', class: 'button danger', onclick: () => ((answer = true), dialog.close()) }, yes));
    dialog.addEventListener('close', () => resolve(answer));
  });
}

const apple = /Mac|iPhone|iPad/.test(navigator.platform);
const ctrl = apple ? '⌘' : 'Ctrl';

const KEYS = [
  ['Send the message', 'Enter'],
  ['New line', 'Shift', 'Enter'],
  ['Stop the answer', 'Esc'],
  ['Edit the last message (in an empty message box)', '↑'],
  ['New conversation', ctrl, 'Shift', 'O'],
  ['Search conversations', ctrl, 'K'],
  ['Go to the message box', '/'],
  ['This help', '?'],
];

export function showHelp() {
  const rows = KEYS.map(([what, ...keys]) => h('div', { class: 'key-row' }, h('dt', {}, what), h('dd', {}, keys.map((key) => h('kbd', {}, key)))));
  const box = h('input', { type: 'checkbox', id: 'single-keys' });
  box.checked = singleKeys();
  box.addEventListener('change', () => settings.set('weir.single-keys', box.checked ? null : 'off'));
  open('Keyboard', [h('dl', { class: 'keys' }, rows), h('label', { class: 'check' }, box, 'Use the single keys / and ?')]);
}

/** What the user has used; its content may change while it is shown. */
export const showSpending = (body) => open('What you have used', body);

/** The members of a room, with a way to invite and to remove; `rest` is the REST door. */
export function showMembers({ room, me, rest, changed }) {
  const list = h('ul', { class: 'members' });
  const problem = h('p', { class: 'form-problem', role: 'alert' });
  const login = h('input', { class: 'field', id: 'invite-login', name: 'login', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', required: true });
  const form = h('form', { class: 'invite' }, h('label', { for: 'invite-login' }, 'Invite by sign-in name'),
    h('div', { class: 'invite-row' }, login, h('button', { class: 'button primary' }, 'Invite')), problem);
  let members = room.members ?? [];

  const attempt = async (action) => {
    problem.textContent = '';
    try {
      await action();
      show();
      changed(members);
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const remove = (member) => attempt(async () => {
    await rest.removeMember(room.id, member.id);
    members = members.filter(({ id }) => id !== member.id);
  });
  const show = () => list.replaceChildren(...members.map((member) => h('li', {},
    h('span', { class: 'avatar', 'aria-hidden': 'true' }, initials(member.name)),
    h('span', { class: 'member-name' }, member.name, h('span', { class: 'member-login' }, member.id === me.id ? `${member.login} (you)` : member.login)),
    member.id !== me.id && iconButton('close', `Remove ${member.name}`, () => remove(member)))));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    attempt(async () => {
      const member = await rest.invite(room.id, login.value.trim());
      members = [...members.filter(({ id }) => id !== member.id), member];
      login.value = '';
    });
  });
  show();
  open('Members', [list, form]);
  login.focus();
}
