// OpenAI's own client and Vercel's AI SDK, unchanged, against /v1 of a running Weir.
import assert from 'node:assert/strict';
import test from 'node:test';
import OpenAI from 'openai';
import { generateText, jsonSchema, streamText, tool } from 'ai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';

const { WEIR_ADDRESS, WEIR_KEY, WEIR_UPSTREAM } = process.env;
const baseURL = `${WEIR_ADDRESS}/v1`;
const client = new OpenAI({ baseURL, apiKey: WEIR_KEY, maxRetries: 0 });
const provider = createOpenAICompatible({ name: 'weir', baseURL, apiKey: WEIR_KEY, includeUsage: true });
const asked = (text) => ({ model: 'upstream', messages: [{ role: 'user', content: text }] });
const bearer = { Authorization: `Bearer ${WEIR_KEY}` };
const control = async (what) => (await fetch(`${WEIR_UPSTREAM.replace(/\/v1$/, '')}/control/${what}`)).json();
const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';

async function until(what, wanted) {
  for (let i = 0; i < 200; i++) {
    if (await wanted()) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`not in time: ${what}`);
}

/** How a turn ended, read through the browser's door by whoever has the answer's headers. */
async function outcome(room, turn) {
  const response = await fetch(`${WEIR_ADDRESS}/stream/rooms/${room}?X-Atmosphere-Transport=long-polling`, {
    headers: bearer,
  });
  const { events } = await response.json();
  return events.find((it) => it.type === 'message' && it.turn === turn)?.outcome;
}

test('lists the models', async () => {
  const names = [];
  for await (const model of client.models.list()) names.push(model.id);
  assert.ok(names.includes('quick') && names.includes('upstream'), names.join());
  assert.equal((await client.models.retrieve('quick')).object, 'model');
});

test('streams an answer with its usage', async () => {
  const { data: stream, response } = await client.chat.completions
    .create({ ...asked('[[say="Grüße an alle 😀" usage=7,3]]'), stream: true, stream_options: { include_usage: true } })
    .withResponse();
  let text = '';
  let usage;
  const finishes = [];
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? '';
    if (chunk.choices[0]?.finish_reason) finishes.push(chunk.choices[0].finish_reason);
    usage = chunk.usage ?? usage;
  }
  assert.equal(text, 'Grüße an alle 😀');
  assert.deepEqual(finishes, ['stop']);
  assert.deepEqual(usage, {
    prompt_tokens: 7,
    completion_tokens: 3,
    total_tokens: 10,
    prompt_tokens_details: { cached_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: 0 },
  });
  for (const name of ['weir-room', 'weir-turn', 'weir-cursor']) assert.ok(response.headers.get(name), name);
});

test('gives a whole answer', async () => {
  const answer = await client.chat.completions.create(asked('[[words=20 usage=5,20]]'));
  assert.match(answer.choices[0].message.content, /^word1 .* word20$/);
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, 25);
  assert.equal(answer.model, 'upstream');
});

test('says when an answer was cut at its length', async () => {
  const answer = await client.chat.completions.create({ ...asked('[[words=3 finish=length]]'), max_tokens: 3 });
  assert.equal(answer.choices[0].finish_reason, 'length');
});

test('closes the upstream when the client aborts', async () => {
  const before = (await control('state')).closedByClient;
  const { data: stream, response } = await client.chat.completions
    .create({ ...asked('[[words=5000 pace=20]]'), stream: true })
    .withResponse();
  for await (const chunk of stream) if (chunk.choices[0]?.delta?.content) break;
  stream.controller.abort();
  await until('the upstream is closed', async () => (await control('state')).closedByClient > before);
  const [room, turn] = [response.headers.get('weir-room'), response.headers.get('weir-turn')];
  await until('the turn is stopped', async () => (await outcome(room, turn)) === 'stopped');
});

test('closes the upstream when the client of a whole answer aborts', async () => {
  const before = await control('state');
  const abort = new AbortController();
  const answer = client.chat.completions.create(asked('[[words=5000 pace=20]]'), { signal: abort.signal });
  const aborted = assert.rejects(answer, OpenAI.APIUserAbortError);
  await until('the upstream is asked', async () => (await control('state')).requests > before.requests);
  abort.abort();
  await aborted;
  await until('the upstream is closed', async () => (await control('state')).closedByClient > before.closedByClient);
});

test('goes on after an abort when asked to', async () => {
  const { data: stream, response } = await client.chat.completions
    .create({ ...asked('[[words=60 pace=20]]'), stream: true }, { headers: { 'Weir-Disconnect': 'continue' } })
    .withResponse();
  for await (const chunk of stream) if (chunk.choices[0]?.delta?.content) break;
  stream.controller.abort();
  const [room, turn] = [response.headers.get('weir-room'), response.headers.get('weir-turn')];
  await until('the turn is complete', async () => (await outcome(room, turn)) === 'complete');
});

test('goes on in a room that is named', async () => {
  const first = await client.chat.completions.create(asked('[[say="One."]]')).withResponse();
  const room = first.response.headers.get('weir-room');
  const second = await client.chat.completions
    .create(asked('[[say="Two."]]'), { headers: { 'Weir-Room': room } })
    .withResponse();
  assert.equal(second.response.headers.get('weir-room'), room);
  assert.equal(second.data.choices[0].message.content, 'Two.');
});

test('passes on the whole conversation, its images and its parameters', async () => {
  await client.chat.completions.create({
    model: 'upstream',
    temperature: 0.3,
    max_tokens: 77,
    stop: ['END'],
    seed: 5,
    response_format: { type: 'json_object' },
    messages: [
      { role: 'system', content: 'You are brief.' },
      { role: 'user', content: 'First question' },
      { role: 'assistant', content: 'First answer' },
      {
        role: 'user',
        content: [
          { type: 'text', text: '[[say="Seen."]] What is this?' },
          { type: 'image_url', image_url: { url: PIXEL, detail: 'low' } },
        ],
      },
    ],
  });
});

test('refuses a wrong key, an unknown model and a bad body in OpenAI’s form', async () => {
  const stranger = new OpenAI({ baseURL, apiKey: 'weir_wrong_wrong_wrong_wrong_wrong_wrong', maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create(asked('x')), OpenAI.AuthenticationError);
  await assert.rejects(client.chat.completions.create({ ...asked('x'), model: 'nobody' }), OpenAI.NotFoundError);
  await assert.rejects(client.chat.completions.create({ model: 'quick', messages: [] }), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.param, 'messages');
    return true;
  });
  await assert.rejects(client.chat.completions.create({ ...asked('x'), temperature: 'hot' }), OpenAI.BadRequestError);
  await assert.rejects(client.chat.completions.create({ ...asked('x'), n: 2 }), OpenAI.BadRequestError);
});

test('tells a failure of the upstream, before and in the middle of an answer', async () => {
  await assert.rejects(client.chat.completions.create(asked('[[status=401]]')), (error) => error.status === 502);
  await assert.rejects(
    client.chat.completions.create({ ...asked('[[status=500]]'), stream: true }),
    (error) => error.status === 502,
  );
  const stream = await client.chat.completions.create({ ...asked('[[words=5 pace=50 end=reset]]'), stream: true });
  let text = '';
  await assert.rejects(async () => {
    for await (const chunk of stream) text += chunk.choices[0]?.delta?.content ?? '';
  }, OpenAI.APIError);
  assert.match(text, /^word1/);
});

test('lets OpenAI’s client run tools', async () => {
  const tools = [{ type: 'function', function: { name: 'weather', parameters: { type: 'object', properties: {} } } }];
  for (const stream of [false, true]) {
    const answer = stream
      ? await client.chat.completions.stream({ ...asked('[[tool=weather]]'), tools }).finalChatCompletion()
      : await client.chat.completions.create({ ...asked('[[tool=weather]]'), tools });
    const [call] = answer.choices[0].message.tool_calls;
    assert.equal(answer.choices[0].finish_reason, 'tool_calls');
    assert.deepEqual([call.id, call.function.name, call.function.arguments], ['call_1', 'weather', '{"city":"Bern"}']);
    const after = await client.chat.completions.create({
      model: 'upstream',
      tools,
      messages: [
        { role: 'user', content: '[[tool=weather]]' },
        answer.choices[0].message,
        { role: 'tool', tool_call_id: call.id, content: 'sunny' },
      ],
    });
    assert.equal(after.choices[0].message.content, 'The tool said: sunny');
  }
});

test('streams to the AI SDK', async () => {
  const result = streamText({ model: provider('upstream'), prompt: '[[words=30 pace=5 usage=4,30]]' });
  let text = '';
  for await (const piece of result.textStream) text += piece;
  assert.match(text, /^word1 .* word30$/);
  assert.equal(await result.finishReason, 'stop');
  assert.equal((await result.usage).outputTokens, 30);
});

test('answers the AI SDK in several turns and with a system prompt', async () => {
  const { text } = await generateText({
    model: provider('upstream'),
    system: 'You are brief.',
    messages: [
      { role: 'user', content: 'Hello' },
      { role: 'assistant', content: 'Hi' },
      { role: 'user', content: [{ type: 'text', text: '[[say="All read."]]' }] },
    ],
  });
  assert.equal(text, 'All read.');
});

test('lets the AI SDK run tools', async () => {
  const cities = [];
  const { text } = await generateText({
    model: provider('upstream'),
    prompt: '[[tool=weather]]',
    stopWhen: ({ steps }) => steps.length >= 3,
    tools: {
      weather: tool({
        description: 'The weather of a city',
        inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } } }),
        execute: async ({ city }) => (cities.push(city), 'sunny'),
      }),
    },
  });
  assert.deepEqual(cities, ['Bern']);
  assert.match(text, /^The tool said: .*sunny/);
});

test('stops for the AI SDK when it aborts', async () => {
  const before = (await control('state')).closedByClient;
  const abort = new AbortController();
  const result = streamText({
    model: provider('upstream'),
    prompt: '[[words=5000 pace=20]]',
    abortSignal: abort.signal,
    onError: () => {},
  });
  let seen = 0;
  try {
    for await (const piece of result.textStream) if ((seen += piece.length) > 20) abort.abort();
  } catch {
    // how an abort shows differs between versions
  }
  await until('the upstream is closed', async () => (await control('state')).closedByClient > before);
});

test('tells the AI SDK of a wrong key', async () => {
  const stranger = createOpenAICompatible({ name: 'weir', baseURL, apiKey: 'wrong' });
  await assert.rejects(
    generateText({ model: stranger('quick'), prompt: 'x', maxRetries: 0 }),
    (error) => error.statusCode === 401,
  );
});
