/** The product before an upstream that others wrote: npm's aimock, with the fixtures of aimock.json. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ADDRESS, HEADERS, Told, WebSocket, until, weirJs } from './weir-at.mjs';

const { api, connect } = await weirJs();
const rest = api({ base: ADDRESS, headers: HEADERS });
const { fixtures } = JSON.parse(readFileSync(new URL('aimock.json', import.meta.url)));
const fixture = (text) => fixtures.findLast(({ match }) => match.userMessage === text).response;

/** Asks in a room of its own and waits for the end. */
async function ask(text) {
  const { id } = await rest.createRoom();
  const told = new Told();
  const connection = connect({ room: id, base: ADDRESS, transports: ['websocket'], WebSocket, headers: HEADERS, onframe: (frame) => told.take(frame) });
  await connection.send({ command: 'prompt', text, model: 'mock' });
  await until(() => told.ended(), 'the end');
  connection.close();
  return told;
}

test('streams the answer exactly as it is sent, with the figures', async () => {
  const told = await ask('Say it exactly');
  const answer = told.answer();
  assert.deepEqual([answer.outcome, answer.text], ['complete', fixture('Say it exactly').content]);
  assert.equal(told.text(answer.id), answer.text);
  assert.ok(told.events.filter(({ type }) => type === 'delta').length > 3, 'it came in pieces');
  const { inputTokens, outputTokens, costMicros, estimated } = answer.usage;
  assert.deepEqual({ inputTokens, outputTokens, costMicros, estimated }, { inputTokens: 12, outputTokens: 34, costMicros: 12 + 2 * 34, estimated: false });
});

test('waits when the provider is busy, says so, and goes on', async () => {
  const told = await ask('Busy once');
  assert.deepEqual([told.answer().outcome, told.answer().text], ['complete', 'Now there is time.']);
  const [notice] = told.events.filter(({ type }) => type === 'notice');
  assert.match(notice.text, /busy\. Trying again in 1 s/);
});

test('fails in plain words when the provider stays busy', async () => {
  const told = await ask('Always busy');
  assert.deepEqual([told.ended().outcome, told.answer().text], ['failed', '']);
  assert.match(told.ended().reason, /too many requests/);
});

test('keeps what came before the provider broke off', async () => {
  const told = await ask('Break off');
  assert.equal(told.ended().outcome, 'failed');
  assert.ok(told.answer().text.length > 5 && fixture('Break off').content.startsWith(told.answer().text), told.answer().text);
  assert.equal(told.text(told.answer().id), told.answer().text);
});

test('measures the time until the first words', async () => {
  const { timing, text } = (await ask('Take your time')).answer();
  assert.equal(text, fixture('Take your time').content);
  assert.ok(timing.firstDeltaMillis >= 600 && timing.firstDeltaMillis < 5_000, `${timing.firstDeltaMillis} ms`);
});
