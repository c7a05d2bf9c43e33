/** Our own client in Node against the real server: every transport, with a wire that breaks at any byte. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, HEADERS, Told, WebSocket, until, weirJs, wire } from './weir-at.mjs';

const { api, connect, fold } = await weirJs();
const rest = api({ base: ADDRESS, headers: HEADERS });
const PACE = { first: 20, cap: 200, grace: 200, resend: 400 };

function follow(room, transports, base = ADDRESS, options = {}) {
  const told = new Told();
  told.states = [];
  told.connection = connect({
    room, base, transports, WebSocket, headers: HEADERS, pace: PACE,
    onframe(frame) {
      told.take(frame);
      told.state = fold(told.state ?? null, frame);
    },
    onstate: (state) => told.states.push(state),
    ...options,
  });
  return told;
}

const live = (told) => until(() => told.connection.state === 'live', 'being live');
const LONG = { command: 'prompt', text: '/demo long 2000', model: 'quick' };

for (const transport of ['websocket', 'sse', 'long-polling']) {
  test(`asks and reads the whole answer over ${transport}`, async () => {
    const { id } = await rest.createRoom();
    const told = follow(id, [transport]);
    await live(told);
    const ack = await told.connection.send({ command: 'prompt', text: 'What is a deadlock?', model: 'quick' });
    await until(() => told.ended(), 'the end');
    assert.deepEqual([told.ended().turn, told.ended().outcome], [ack.turn, 'complete']);
    assert.equal(told.text(told.ended().branch), told.answer().text);
    assert.deepEqual(told.state.messages.map(({ kind }) => kind), ['person', 'answer']);
    told.connection.close();
  });

  test(`has exactly the log after drops at any byte of ${transport}`, async () => {
    const { id } = await rest.createRoom();
    const line = await wire();
    const steady = follow(id, ['websocket']);
    const shaky = follow(id, [transport], line.address);
    await live(steady);
    await live(shaky);
    const sent = shaky.connection.send(LONG);
    // What came meanwhile may come in one frame, for which the wire has to hold.
    const missed = () => 2 * JSON.stringify(steady.events.slice(shaky.events.length)).length;
    for (let drops = 0; !steady.ended(); drops++) {
      const limit = () => line.limit(3_000 + ((drops * 977) % 2_500) + missed());
      const holding = (condition) => () => (limit(), condition());
      limit();
      line.cut();
      await until(holding(() => shaky.connection.state === 'live' || steady.ended()), 'coming back');
      const { length } = shaky.events;
      await until(holding(() => shaky.events.length > length || steady.ended()), 'the next events');
    }
    line.limit(Infinity);
    line.cut();
    await sent;
    await until(() => shaky.ended(), 'the end');
    assert.ok(shaky.isWhole(), 'a gap or a repeat');
    assert.ok(shaky.states.filter((state) => state === 'offline').length >= 3, `states ${shaky.states}`);
    assert.equal(shaky.snapshots, 1);
    const own = (told) => told.events.filter(({ type }) => type !== 'presence');
    assert.deepEqual(own(shaky), own(steady));
    assert.equal(shaky.state.messages.filter(({ kind }) => kind === 'person').length, 1);
    for (const told of [shaky, steady]) told.connection.close();
    line.close();
  });
}

test('falls back to the next transport when WebSockets do not get through', async () => {
  const { id } = await rest.createRoom();
  class Refused extends EventTarget {
    constructor() {
      super();
      queueMicrotask(() => this.onclose());
    }

    close() {}
  }
  const told = follow(id, undefined, ADDRESS, { WebSocket: Refused });
  await live(told);
  assert.equal(told.connection.transport, 'sse');
  told.connection.close();
});

test('stops an answer', async () => {
  const { id } = await rest.createRoom();
  const told = follow(id, ['websocket']);
  await live(told);
  const { turn } = await told.connection.send({ ...LONG, text: '/demo long 5000' });
  await until(() => told.events.filter(({ type }) => type === 'delta').length > 5, 'some text');
  await told.connection.send({ command: 'stop', turn });
  await until(() => told.ended(), 'the end');
  assert.equal(told.ended().outcome, 'stopped');
  assert.equal(told.answer().text, told.text(told.ended().branch));
  told.connection.close();
});

test('a late joiner has what the others have', async () => {
  const { id } = await rest.createRoom();
  const early = follow(id, ['websocket']);
  await live(early);
  await early.connection.send(LONG);
  await until(() => early.events.filter(({ type }) => type === 'delta').length > 20, 'some text');
  const late = follow(id, ['sse']);
  const finished = (told) => told.state?.messages.some(({ kind, outcome }) => kind === 'answer' && outcome);
  await until(() => finished(early) && finished(late), 'the whole answer on both', 60);
  const shown = (told) => told.state.messages.map(({ id: message, text, outcome }) => [message, text, outcome ?? '']);
  assert.deepEqual(shown(late), shown(early));
  for (const told of [early, late]) told.connection.close();
});

test('says that a room is gone and that one is signed out', async () => {
  const gone = follow('00000000000000000000000000', ['websocket']);
  await until(() => gone.connection.state === 'gone', 'gone');
  const { id } = await rest.createRoom();
  const out = follow(id, ['sse'], ADDRESS, { headers: {} });
  await until(() => out.connection.state === 'signed-out', 'signed-out');
});
