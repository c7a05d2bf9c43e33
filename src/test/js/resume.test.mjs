/** For any sequence of deltas, drops, lost and doubled frames and lost tails, on any transport: exactly the answer. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { connect, fold } from '../../main/webapp/weir.js';
import { ADA, FakeServer, FAST, PACE, until } from './fake-server.mjs';

/** mulberry32: a failure is repeated by its seed. */
function randomOf(seed) {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function answerUnderFaults(seed) {
  const random = randomOf(seed);
  const chance = (share) => random() < share;
  let calm = false;
  const server = new FakeServer({
    refuse: () => !calm && chance(0.2),
    lose: () => !calm && chance(0.1),
    double: () => !calm && chance(0.2),
  });
  const readers = ['websocket', 'sse', 'long-polling'].map((transport) => reader(server, [transport], seed));
  server.append({ type: 'message', id: 'p1', from: ADA, text: 'Hi' });
  server.append({ type: 'turn-started', turn: 't1', prompt: 'p1', requestedBy: ADA, branches: [{ branch: 'a', model: FAST }], interceptors: [] });
  let whole = '';
  for (let i = 0; i < 60; i++) {
    const deltas = Array.from({ length: 1 + Math.floor(random() * 3) }, (_, j) => `${i}.${j} `);
    whole += deltas.join('');
    server.append(...deltas.map((text) => ({ type: 'delta', turn: 't1', branch: 'a', text })));
    if (chance(0.12)) server.cut();
    if (chance(0.03)) server.loseTail();
    if (chance(0.05)) readers.push(reader(server, undefined, seed + i));
    if (chance(0.4)) await new Promise((done) => setTimeout(done, random() * 4));
  }
  calm = true;
  server.append({ type: 'notice', turn: 't1', text: 'The last one.' });
  await until(() => readers.every(({ seen }) => seen.state?.messages[1]?.notices.length || seen.state?.messages[1]?.text === whole), `seed ${seed}`);
  const streamed = readers.map(({ seen }) => seen.state.messages[1].text);
  server.append({ type: 'message', id: 'a', from: FAST, text: whole, turn: 't1', prompt: 'p1', model: 'fast', outcome: 'complete', reason: '' });
  await until(() => readers.every(({ seen }) => seen.state.messages[1]?.live === false), `the end, seed ${seed}`);
  readers.forEach(({ connection }) => connection.close());
  for (const text of streamed) assert.equal(text, whole, `seed ${seed}`);
  for (const { seen } of readers) {
    assert.deepEqual(seen.state.messages.map(({ text }) => text), ['Hi', whole], `seed ${seed}`);
    assert.equal(seen.twice, 0, `an event was told twice, seed ${seed}`);
  }
}

function reader(server, transports, seed) {
  const seen = { state: null, twice: 0, told: new Set() };
  const connection = connect({
    room: 'r', base: `http://weir-${seed}-${Math.random()}.test/`, transports, fetch: server.fetch, WebSocket: server.WebSocket, pace: PACE,
    onframe(frame) {
      if (frame.snapshot) seen.told.clear();
      else {
        for (const { seq } of frame.events) {
          if (seen.told.has(seq)) seen.twice++;
          seen.told.add(seq);
        }
      }
      seen.state = fold(seen.state, frame);
    },
  });
  return { connection, seen };
}

for (let seed = 1; seed <= 25; seed++) test(`every reader ends with exactly the answer, seed ${seed}`, () => answerUnderFaults(seed));
