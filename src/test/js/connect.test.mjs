import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { api, connect, fold } from '../../main/webapp/weir.js';
import { ADA, FakeServer, PACE, until } from './fake-server.mjs';

const open = [];
let bases = 0;

/** Each connection has a base of its own, so that none remembers what worked for another. */
function follow(server, options = {}) {
  const seen = { state: null, states: [], frames: [], retries: [] };
  const connection = connect({
    room: 'r', base: `http://weir-${bases++}.test/`, fetch: server.fetch, WebSocket: server.WebSocket, pace: PACE,
    onframe(frame) {
      seen.frames.push(frame);
      seen.state = fold(seen.state, frame);
    },
    onstate(state, detail) {
      seen.states.push(state);
      if (detail.retryAt) seen.retries.push(detail.retryAt - Date.now());
    },
    ...options,
  });
  open.push(connection);
  return { connection, seen, is: (state) => until(() => connection.state === state, `state ${state}, it is ${connection.state}`) };
}

const said = (id, text) => ({ type: 'message', id, from: ADA, text });
const texts = ({ state }) => state.messages.map((message) => message.text);

afterEach(() => open.splice(0).forEach((connection) => connection.close()));

for (const transport of ['websocket', 'sse', 'long-polling']) {
  test(`follows a room by ${transport}`, async () => {
    const server = new FakeServer();
    server.append(said('m1', 'before'));
    const { connection, seen, is } = follow(server, { transports: [transport] });
    await is('live');
    server.append(said('m2', 'üñí'));
    await until(() => seen.state.messages.length === 2);
    assert.deepEqual([texts(seen), connection.transport, connection.cursor], [['before', 'üñí'], transport, server.cursor]);
  });

  test(`resumes by cursor after a drop of ${transport}`, async () => {
    const server = new FakeServer();
    const { seen, is } = follow(server, { transports: [transport] });
    await is('live');
    server.append(said('m1', 'one'));
    await until(() => seen.state.messages.length === 1);
    server.cut();
    server.append(said('m2', 'two'));
    await until(() => seen.state.messages.length === 2);
    assert.equal(seen.frames.filter((frame) => frame.snapshot).length, 1);
    assert.ok(seen.states.includes('offline') && seen.states.includes('catching-up'));
  });

  test(`sends commands by ${transport} and says why one is refused`, async () => {
    const server = new FakeServer();
    const { connection } = follow(server, { transports: [transport] });
    assert.equal((await connection.send({ command: 'prompt', text: 'Hi' })).turn, 't0');
    await assert.rejects(connection.send({ command: 'prompt', text: 'refuse' }), { code: 'unknown-model', message: 'There is no such model.' });
  });
}

test('falls back when a WebSocket fails to open twice, and remembers what worked', async () => {
  const server = new FakeServer({ refuse: (transport) => transport === 'websocket' });
  const base = `http://weir-${bases++}.test/`;
  const { connection, seen, is } = follow(server, { base });
  await is('live');
  assert.deepEqual([connection.transport, server.opened, seen.states], ['sse', ['websocket', 'websocket', 'sse'], ['live']]);
  const second = follow(server, { base });
  await second.is('live');
  assert.equal(server.opened.filter((transport) => transport === 'websocket').length, 2);
});

test('falls back to long-polling when SSE fails too', async () => {
  const server = new FakeServer({ refuse: (transport) => transport !== 'long-polling' });
  const { connection, is } = follow(server);
  await is('live');
  assert.equal(connection.transport, 'long-polling');
});

test('falls back when a WebSocket opens but stays silent', async () => {
  const server = new FakeServer();
  server.silent = true;
  const { connection, is } = follow(server);
  await is('live');
  assert.equal(connection.transport, 'sse');
});

test('works without WebSocket', async () => {
  const server = new FakeServer();
  const kept = globalThis.WebSocket;
  globalThis.WebSocket = undefined;
  try {
    const { connection, is } = follow(server, { WebSocket: undefined });
    await is('live');
    assert.equal(connection.transport, 'sse');
  } finally {
    globalThis.WebSocket = kept;
  }
});

test('does not blame the transport while the server is down', async () => {
  const server = new FakeServer();
  server.status = 0;
  const { connection, seen, is } = follow(server);
  await until(() => seen.retries.length > 4);
  assert.equal(connection.transport, 'websocket');
  assert.ok(seen.retries.every((time) => time <= PACE.cap));
  server.status = 200;
  await is('live');
});

test('takes an outage page for an outage, not for a deleted room', async () => {
  const server = new FakeServer();
  const page = async () => new Response('<h1>404</h1>', { status: 404, headers: { 'content-type': 'text/html' } });
  const { is } = follow(server, { transports: ['sse'], fetch: page });
  await is('offline');
});

test('reconnects when nothing is heard for too long', async () => {
  const server = new FakeServer();
  const { seen, is } = follow(server);
  await is('live');
  await until(() => server.opened.length >= 2, 'a second connection');
  await is('live');
  assert.ok(seen.states.includes('offline'));
});

test('stays while heartbeats come', async () => {
  const server = new FakeServer();
  const { is } = follow(server);
  await is('live');
  for (let i = 0; i < 8; i++) {
    await new Promise((done) => setTimeout(done, PACE.silence / 4));
    server.heartbeat();
  }
  assert.equal(server.opened.length, 1);
});

test('takes a snapshot when the hot tail was lost', async () => {
  const server = new FakeServer();
  const { connection, seen, is } = follow(server);
  await is('live');
  server.append(said('m1', 'one'));
  server.loseTail();
  server.cut();
  server.append(said('m2', 'two'));
  await until(() => seen.state.messages.length === 2);
  assert.deepEqual([texts(seen), connection.cursor], [['one', 'two'], server.cursor]);
});

test('asks again when events of a later epoch come without a snapshot', async () => {
  const server = new FakeServer();
  const { seen, is } = follow(server);
  await is('live');
  server.append(said('m1', 'one'));
  server.loseTail();
  server.append(said('m2', 'two'));
  await until(() => seen.state.messages.length === 2);
  assert.deepEqual(texts(seen), ['one', 'two']);
});

test('asks again when a frame was lost', async () => {
  let lost = 0;
  const server = new FakeServer({ lose: (frame) => frame.events[0].id === 'm2' && lost++ === 0 });
  const { seen, is } = follow(server);
  await is('live');
  for (const id of ['m1', 'm2', 'm3']) server.append(said(id, id));
  await until(() => seen.state.messages.length === 3);
  assert.deepEqual(texts(seen), ['m1', 'm2', 'm3']);
});

test('is gone when the room is deleted', async () => {
  const server = new FakeServer();
  const { connection, is } = follow(server);
  await is('live');
  server.append({ type: 'room-deleted', by: ADA });
  await is('gone');
  await assert.rejects(connection.send({ command: 'prompt', text: 'x' }), { code: 'gone' });
});

for (const [status, state] of [[404, 'gone'], [401, 'signed-out']]) {
  for (const transport of ['websocket', 'sse', 'long-polling']) {
    test(`is ${state} when ${transport} is answered ${status}`, async () => {
      const server = new FakeServer();
      const { connection, is } = follow(server, { transports: [transport] });
      await is('live');
      server.status = status;
      server.cut();
      const pending = connection.send({ command: 'prompt', text: 'x' });
      await assert.rejects(pending, { code: state });
      await is(state);
    });
  }
}

for (const transport of ['websocket', 'sse']) {
  test(`sends what was not acknowledged again by ${transport}, with the same id`, async () => {
    const server = new FakeServer();
    const { connection, is } = follow(server, { transports: [transport] });
    await is('live');
    server.deaf = true;
    const sent = connection.send({ id: 'c1', command: 'prompt', text: 'x' });
    assert.equal(connection.send({ id: 'c1', command: 'prompt', text: 'x' }), sent);
    server.cut();
    server.deaf = false;
    await sent;
    assert.deepEqual([...new Set(server.commands.map((command) => command.id))], ['c1']);
  });
}

test('holds commands while offline', async () => {
  const server = new FakeServer();
  server.status = 0;
  const { connection, is } = follow(server);
  await is('offline');
  const sent = connection.send({ command: 'prompt', text: 'later' });
  server.status = 200;
  assert.equal((await sent).type, 'ack');
});

test('says typing at most so often, and never late', async () => {
  const server = new FakeServer();
  const { connection, is } = follow(server);
  await connection.send({ command: 'typing' });
  assert.equal(server.commands.length, 0);
  await is('live');
  for (let i = 0; i < 5; i++) connection.send({ command: 'typing' });
  await until(() => server.commands.length > 0);
  assert.equal(server.commands.length, 1);
});

test('closes for good', async () => {
  const server = new FakeServer();
  const { connection, is } = follow(server);
  await is('live');
  server.deaf = true;
  const sent = connection.send({ command: 'prompt', text: 'x' });
  connection.close();
  await assert.rejects(sent, { code: 'closed' });
  assert.deepEqual([connection.state, server.readers.size], ['closed', 0]);
});

test('a reader that throws does not break the connection', async (context) => {
  context.mock.method(console, 'error', () => {});
  const server = new FakeServer();
  const { connection, is } = follow(server, { onframe() { throw new Error('reader'); } });
  await is('live');
  server.append(said('m1', 'one'));
  await until(() => connection.cursor === server.cursor);
});

test('asks the REST door and rejects with what it says', async () => {
  const asked = [];
  const fetch = async (url, { method, body }) => {
    asked.push(`${method} ${url} ${body ?? ''}`);
    if (method === 'DELETE') return new Response(null, { status: 204 });
    if (method === 'POST') return new Response(JSON.stringify({ code: 'no-such-user', detail: 'Nobody.' }), { status: 404 });
    return Response.json({ rooms: [] });
  };
  const rest = api({ base: 'http://weir.test/app', fetch });
  assert.deepEqual(await rest.rooms(), { rooms: [] });
  assert.equal(await rest.deleteRoom('a/b'), null);
  await assert.rejects(rest.invite('r', 'zoe'), { code: 'no-such-user', message: 'Nobody.', status: 404 });
  assert.deepEqual(asked, ['GET http://weir.test/app/api/rooms ', 'DELETE http://weir.test/app/api/rooms/a%2Fb ', 'POST http://weir.test/app/api/rooms/r/members {"login":"zoe"}']);
});
