import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EMPTY, fold } from '../../main/webapp/weir.js';

const ADA = { kind: 'person', id: 'u1', name: 'Ada' };
const FAST = { kind: 'model', id: 'fast', name: 'Fast' };
const SMART = { kind: 'model', id: 'smart', name: 'Smart' };
const USAGE = { inputTokens: 3, outputTokens: 4, costMicros: 5, estimated: false };
const TIMING = { firstDeltaMillis: 6, durationMillis: 7 };

const prompt = (id, text, more) => ({ type: 'message', id, from: ADA, text, ...more });
const started = (turn, ...branches) => ({ type: 'turn-started', turn, prompt: 'p', requestedBy: ADA, interceptors: [], branches });
const delta = (branch, text, turn = 't1') => ({ type: 'delta', turn, branch, text });
const answer = (id, text, more) => ({
  type: 'message', id, from: FAST, text, turn: 't1', prompt: 'p1', model: 'fast', outcome: 'complete', reason: '', usage: USAGE, timing: TIMING, ...more,
});

const cursor = (seq, epoch = 1) => `${String(epoch).padStart(6, '0')}-${String(seq).padStart(12, '0')}`;
const number = (events, from) => events.map((event, i) => ({ seq: from + i, at: '2026-01-01T00:00:00.000Z', ...event }));
const frame = (from, ...events) => ({ cursor: cursor(from + events.length), events: number(events, from) });
const snapshot = (at, ...events) => ({ cursor: cursor(at), snapshot: true, room: { id: 'r', name: 'Room', model: 'fast' }, events: number(events, 0) });
const run = (...events) => fold(fold(null, snapshot(0)), frame(0, ...events));
const texts = (state) => state.messages.map((message) => message.text);

test('streams deltas into the branch they belong to', () => {
  const state = run(prompt('p1', 'Hi'), started('t1', { branch: 'a', model: FAST }, { branch: 'b', model: SMART }), delta('a', 'He'), delta('b', 'Yo'), delta('a', 'llo'));
  assert.deepEqual(texts(state), ['Hi', 'Hello', 'Yo']);
  assert.deepEqual(state.messages.map((message) => message.live), [undefined, true, true]);
});

test('replaces what was streamed by the final message', () => {
  const state = run(started('t1', { branch: 'a', model: FAST }), delta('a', 'secret'), answer('a', '[removed]', { outcome: 'blocked', reason: 'A rule.' }));
  const [message] = state.messages;
  assert.deepEqual([message.text, message.live, message.outcome, message.reason, message.usage], ['[removed]', false, 'blocked', 'A rule.', USAGE]);
});

test('takes back the end of a text that a guard withdraws', () => {
  const state = run(started('t1', { branch: 'a', model: FAST }, { branch: 'b', model: SMART }), delta('a', 'Good. Bad.'), delta('b', 'Good. Bad.'),
    { type: 'withdrawn', turn: 't1', branch: 'a', kept: 6, rule: 'hate' }, { type: 'withdrawn', turn: 't1', branch: 'gone', kept: 0, rule: 'hate' });
  assert.deepEqual(texts(state), ['Good. ', 'Good. Bad.']);
  assert.equal(state.messages[0].live, true);
});

test('ends a branch whose message never came', () => {
  const state = run(started('t1', { branch: 'a', model: FAST }), delta('a', 'Hal'),
    { type: 'turn-ended', turn: 't1', branch: 'a', outcome: 'failed', reason: 'Cut.', usage: USAGE, timing: TIMING });
  assert.deepEqual([state.messages[0].text, state.messages[0].live, state.messages[0].outcome], ['Hal', false, 'failed']);
});

test('begins an answer again in its place when it is told of again', () => {
  const state = run(started('t1', { branch: 'a', model: FAST }), delta('a', 'He'), answer('a', 'He', { outcome: 'interrupted', reason: 'Lost.' }), prompt('p2', 'Hm'),
    started('t1', { branch: 'a', model: FAST }), delta('a', 'Hello'));
  assert.deepEqual(texts(state), ['Hello', 'Hm']);
  assert.deepEqual([state.messages[0].live, state.messages[0].outcome], [true, null]);
});

test('ignores a delta after the end', () => {
  const state = run(started('t1', { branch: 'a', model: FAST }), answer('a', 'Done'), delta('a', ' more'));
  assert.deepEqual(texts(state), ['Done']);
});

test('takes an edited prompt and everything after it out', () => {
  const state = run(prompt('p1', 'one'), answer('a1', 'first'), prompt('p2', 'two'), answer('a2', 'second', { turn: 't2' }), prompt('p3', 'other', { replaces: 'p2' }));
  assert.deepEqual(texts(state), ['one', 'first', 'other']);
});

test('regenerates in the place of the answer and drops what followed', () => {
  const state = run(prompt('p1', 'one'), answer('a1', 'first'), prompt('p2', 'two'), started('t9', { branch: 'b', model: SMART, replaces: 'a1' }), delta('b', 'new'));
  assert.deepEqual(texts(state), ['one', 'new']);
});

test('keeps the other answers of the turn whose answer is replaced', () => {
  const state = run(prompt('p1', 'one'), answer('a1', 'left'), answer('a2', 'right'), prompt('p2', 'two'), started('t9', { branch: 'b', model: FAST, replaces: 'a1' }), delta('b', 'new'));
  assert.deepEqual(texts(state), ['one', 'new', 'right']);
});

test('applies replaces once when the final message repeats it', () => {
  const state = run(prompt('p1', 'one'), answer('a1', 'old'), started('t2', { branch: 'b', model: FAST, replaces: 'a1' }), answer('b', 'new', { turn: 't2', replaces: 'a1' }));
  assert.deepEqual(texts(state), ['one', 'new']);
});

test('does not bring back an answer that was taken out while it was written', () => {
  const state = run(prompt('p1', 'one'), started('t1', { branch: 'a', model: FAST }), delta('a', 'ol'), prompt('p2', 'edited', { replaces: 'p1' }), answer('a', 'ol', { outcome: 'superseded' }));
  assert.deepEqual(texts(state), ['edited']);
});

test('throws everything away for a snapshot', () => {
  const before = run(prompt('p1', 'old'), { type: 'presence', member: ADA, state: 'typing' });
  const state = fold(before, { ...snapshot(40, prompt('p7', 'kept'), answer('a7', 'answer')), earlier: true });
  assert.deepEqual(texts(state), ['kept', 'answer']);
  assert.deepEqual([state.presence, state.earlier, state.cursor, state.room.name], [{}, true, cursor(40), 'Room']);
});

test('goes on from a snapshot of a live answer', () => {
  const state = fold(fold(null, snapshot(12, prompt('p1', 'Hi'), started('t1', { branch: 'a', model: FAST }), delta('a', 'Hel'))), frame(12, delta('a', 'lo')));
  assert.deepEqual(texts(state), ['Hi', 'Hello']);
});

test('drops events below the cursor of the same epoch', () => {
  const once = run(started('t1', { branch: 'a', model: FAST }), delta('a', 'x'));
  const again = fold(once, frame(0, started('t1', { branch: 'a', model: FAST }), delta('a', 'x'), delta('a', 'y')));
  assert.deepEqual([texts(again), again.cursor], [['xy'], cursor(3)]);
  assert.deepEqual(texts(fold(again, frame(1, delta('a', 'x')))), ['xy']);
});

test('takes the events of a later epoch though their numbers are lower', () => {
  const once = run(started('t1', { branch: 'a', model: FAST }), delta('a', 'x'));
  assert.deepEqual(texts(fold(once, { cursor: cursor(1, 2), events: number([delta('a', 'y')], 0) })), ['xy']);
});

test('ignores events it does not know, whatever their name', () => {
  const state = run({ type: 'new-in-2030' }, { type: 'constructor' }, { type: '__proto__' }, prompt('p1', 'one', { unknown: 1 }));
  assert.deepEqual(texts(state), ['one']);
});

test('keeps presence, names, notices and verdicts', () => {
  const state = run(prompt('p1', 'one'), started('t1', { branch: 'a', model: FAST }), { type: 'notice', turn: 't1', text: 'Busy.' }, { type: 'notice', turn: '', text: 'Bob joined.' },
    { type: 'verdict', turn: 't1', branch: 'a', interceptor: 'guard', decision: 'redacted', rule: 'mail' }, { type: 'presence', member: ADA, state: 'present' }, { type: 'room-renamed', name: 'New', by: ADA });
  assert.deepEqual(state.messages[1].notices, [{ text: 'Busy.', after: 0 }]);
  assert.equal(state.messages[1].verdicts[0].decision, 'redacted');
  assert.equal(state.messages[2].text, 'Bob joined.');
  assert.equal(state.presence['person:u1'].state, 'present');
  assert.equal(state.room.name, 'New');
});

test('marks a deleted room', () => assert.equal(run({ type: 'room-deleted', by: ADA }).deleted, true));

test('is pure and keeps what did not change', () => {
  const before = run(prompt('p1', 'one'), started('t1', { branch: 'a', model: FAST }));
  const copy = structuredClone(before);
  const after = fold(before, frame(2, delta('a', 'x')));
  assert.deepEqual(before, copy);
  assert.equal(after.messages[0], before.messages[0]);
  assert.notEqual(after.messages[1], before.messages[1]);
  assert.deepEqual(EMPTY.messages, []);
});

test('gathers translations, and takes those of the finished answer', () => {
  const part = (language, from, to, more) => ({ type: 'variant', turn: 't1', branch: 'a', language, from, to, ...more });
  const live = run(prompt('p1', 'one'), started('t1', { branch: 'a', model: FAST }), delta('a', 'One. Two.'), part('fr', 0, 4, { text: 'Un.' }), part('fr', 4, 9, { original: true }));
  assert.deepEqual(live.messages[1].variants, { fr: [{ from: 0, to: 4, text: 'Un.' }, { from: 4, to: 9, original: true }] });
});

test('what a person said has translations too, in a snapshot and after it', () => {
  const part = { type: 'variant', turn: '', branch: 'p1', language: 'fr', from: 3, to: 7, text: ' Deux' };
  const variants = { fr: [{ from: 0, to: 3, text: 'Un' }] };
  const told = run({ ...prompt('p1', 'One Two'), variants }, part);
  assert.deepEqual(told.messages[0].variants, { fr: [...variants.fr, { from: 3, to: 7, text: ' Deux' }] });
  assert.equal('variants' in run(prompt('p1', 'one')).messages[0], false);
});
