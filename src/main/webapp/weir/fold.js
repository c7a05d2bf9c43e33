/** Reading a room: pure functions from frames to the conversation. */
import { fresh, later } from './cursor.js';

/** Before the first frame; what fold() starts from. */
export const EMPTY = Object.freeze({
  room: null, cursor: null, earlier: false, messages: [], presence: {}, deleted: false, dropped: [],
});

/**
 * The conversation after a frame. Pure: the state given is not changed, and a message that did not change is the same
 * object afterwards. Events below the state's cursor (of the same epoch) and unknown events do nothing.
 */
export function fold(state, frame) {
  const before = frame.snapshot ? { ...EMPTY, room: frame.room ?? state?.room ?? null } : (state ?? EMPTY);
  const next = { ...before, messages: [...before.messages], presence: { ...before.presence } };
  if (frame.snapshot) next.earlier = Boolean(frame.earlier);
  for (const event of frame.snapshot ? frame.events : fresh(before.cursor, frame).events) {
    RULES.get(event.type)?.(next, event);
  }
  next.cursor = frame.snapshot ? frame.cursor : later(before.cursor, frame.cursor);
  return next;
}

const RULES = new Map(Object.entries({
  message(next, event) {
    if (event.from.kind === 'model') return finish(next, event);
    if (next.messages.some((message) => message.id === event.id)) return;
    if (event.replaces) cut(next, event.replaces);
    const { id, from, text, at, variants } = event;
    next.messages.push({ kind: 'person', id, from, text, at, ...(variants && { variants }) });
  },

  'turn-started'(next, event) {
    for (const { branch, model, replaces } of event.branches) {
      const begun = {
        kind: 'answer', id: branch, turn: event.turn, prompt: event.prompt, from: model, model: model.id, text: '',
        at: event.at, live: true, outcome: null, reason: '', usage: null, timing: null, notices: [], verdicts: [],
        requestedBy: event.requestedBy, interceptors: event.interceptors ?? [],
      };
      if (change(next, branch, () => begun)) continue; // told again: the log it was in is lost
      const place = replaces ? cut(next, replaces) : next.messages.length;
      next.messages.splice(place, 0, begun);
    }
  },

  delta(next, event) {
    change(next, event.branch, (answer) => (answer.live ? { ...answer, text: answer.text + event.text } : answer));
  },

  withdrawn(next, event) {
    const cut = (answer) => (answer.live ? {
      ...answer, text: answer.text.slice(0, event.kept), ...(event.rule !== 'begins-again' && { withdrawn: event.rule }), ...(answer.variants && { variants: partsUntil(answer.variants, event.kept) }),
    } : answer);
    change(next, event.branch, cut);
  },

  variant(next, event) {
    const { branch, language, from, to, text, original } = event;
    const part = { from, to, ...(text && { text }), ...(original && { original }) };
    change(next, branch, (answer) => ({
      ...answer, variants: { ...answer.variants, [language]: [...(answer.variants?.[language] ?? []), part] },
    }));
  },

  'turn-ended'(next, event) {
    const { outcome, reason, usage, timing } = event;
    change(next, event.branch, (answer) => (answer.live ? { ...answer, live: false, outcome, reason, usage, timing } : answer));
  },

  presence(next, event) {
    next.presence[`${event.member.kind}:${event.member.id}`] = { member: event.member, state: event.state, at: event.at };
  },

  verdict(next, event) {
    change(next, event.branch, (answer) => ({ ...answer, verdicts: [...(answer.verdicts ?? []), event] }));
  },

  notice(next, event) {
    const answers = event.turn ? next.messages.filter((message) => message.turn === event.turn) : [];
    for (const { id } of answers) {
      change(next, id, (answer) => ({ ...answer, notices: [...(answer.notices ?? []), { text: event.text, after: answer.text.length }] }));
    }
    if (!answers.length) next.messages.push({ kind: 'notice', id: `notice-${event.seq}`, text: event.text, at: event.at });
  },

  'room-renamed'(next, event) {
    next.room = { ...next.room, name: event.name };
  },

  'room-deleted'(next) {
    next.deleted = true;
  },
}));

/** The translations of the beginning of a text. */
function partsUntil(variants, end) {
  return Object.fromEntries(Object.entries(variants).map(([language, parts]) => [language, parts.filter(({ to }) => to <= end)]));
}

/** A finished answer takes the place of what was streamed for its branch, unless that has left the conversation. */
function finish(next, event) {
  const { type, seq, replaces, ...answer } = event;
  const done = { notices: [], verdicts: [], kind: 'answer', ...answer, live: false };
  if (change(next, event.id, (streamed) => ({ ...streamed, ...answer, at: streamed.at, live: false }))) return;
  if (next.dropped.includes(event.id)) return;
  next.messages.splice(replaces ? cut(next, replaces) : next.messages.length, 0, done);
}

function change(next, id, how) {
  const index = next.messages.findLastIndex((message) => message.id === id);
  if (index >= 0) next.messages[index] = how(next.messages[index]);
  return index >= 0;
}

/** Takes a message and what follows it out, except answers of the same turn; returns the place that came free. */
function cut(next, id) {
  const index = next.messages.findLastIndex((message) => message.id === id);
  if (index < 0) return next.messages.length;
  const { turn } = next.messages[index];
  const stays = (message, i) => i < index || (i > index && turn !== undefined && message.turn === turn);
  const left = next.messages.filter((message, i) => !stays(message, i));
  next.dropped = [...next.dropped, ...left.filter((message) => message.live).map((message) => message.id)].slice(-50);
  next.messages = next.messages.filter(stays);
  return index;
}
