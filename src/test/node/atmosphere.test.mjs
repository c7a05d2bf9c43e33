/** npm's atmosphere.js follows a room and speaks in it; the way docs/protocol.md shows. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ADDRESS, EventSource, HEADERS, Told, WebSocket, signedInFetch, until, weirJs, wire } from './weir-at.mjs';

Object.assign(globalThis, { WebSocket, EventSource, fetch: signedInFetch });
const { Atmosphere } = await import('atmosphere.js');
const { api } = await weirJs();
const rest = api({ base: ADDRESS, headers: HEADERS });
const atmosphere = new Atmosphere({ logLevel: 'silent' });

/** As in the documentation, with what the test wants to know beside it. */
async function follow(room, transport, address = ADDRESS) {
  const told = new Told();
  Object.assign(told, { replies: [], opened: 0 });
  const request = {
    url: `${address}/stream/rooms/${room}`,
    transport,
    contentType: 'application/json',
    reconnect: true,
    reconnectInterval: 50,
    maxReconnectOnClose: 1000,
    headers: { get cursor() { return told.cursor; } },
  };
  let asked;
  const opened = ({ request: merged }) => (told.opened++, (asked = merged));
  const subscribe = () => atmosphere.subscribe(request, {
    open: opened,
    reopen: opened,
    message({ responseBody }) {
      const frame = JSON.parse(responseBody);
      if (frame.events) told.take(frame);
      else told.replies.push(frame);
    },
    // 5.0.45 gives up for good when the first poll after a reconnect fails.
    error: () => transport === 'long-polling' && setTimeout(async () => (subscription = await subscribe()), 50),
  });
  let subscription = await subscribe();
  const close = () => {
    asked.closed = true; // 5.0.45 would open its WebSocket again
    return subscription.close();
  };
  return { told, close, push: (command) => subscription.push(command) };
}

const long = (words) => ({ command: 'prompt', text: `/demo long ${words}`, model: 'quick' });

test('follows by WebSocket, prompts by push, gets the ack and the whole answer', async () => {
  const { id } = await rest.createRoom();
  const { told, push, close } = await follow(id, 'websocket');
  await until(() => told.snapshots === 1, 'the snapshot');
  push({ id: 'ask-1', ...long(400) });
  await until(() => told.ended(), 'the end');
  const ack = told.replies.find((reply) => reply.id === 'ask-1');
  assert.deepEqual([ack.type, ack.turn], ['ack', told.ended().turn]);
  assert.equal(told.ended().outcome, 'complete');
  assert.equal(told.text(told.ended().branch), told.answer().text);
  assert.ok(told.answer().text.split(/\s+/).length >= 400);
  await close();
});

for (const transport of ['websocket', 'sse', 'long-polling']) {
  test(`loses and repeats nothing over ${transport} that is cut again and again`, async () => {
    const { id } = await rest.createRoom();
    const line = await wire();
    const steady = await follow(id, 'websocket');
    const shaky = await follow(id, transport, line.address);
    await until(() => shaky.told.snapshots && steady.told.snapshots, 'the snapshots');
    shaky.push({ id: 'ask-1', ...long(2000) });
    for (let cuts = 0; cuts < 6; cuts++) {
      const before = shaky.told.events.length;
      await until(() => shaky.told.events.length > before + 3, `events after cut ${cuts}`);
      line.cut();
    }
    await until(() => steady.told.ended() && shaky.told.ended(), 'the end on both', 60);
    assert.ok(shaky.told.isWhole(), `gap or repeat in ${shaky.told.events.map(({ seq }) => seq)}`);
    assert.equal(shaky.told.text(shaky.told.ended().branch), steady.told.answer().text);
    assert.equal(shaky.told.snapshots, 1);
    assert.ok(shaky.told.opened > 3, `opened only ${shaky.told.opened} times`);
    await shaky.close();
    await steady.close();
    line.close();
  });
}
