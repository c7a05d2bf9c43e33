/** What a page does when its node is gone: on at another one, with its cursor and its commands. */
import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { api, connect, fold, Places } from '../../main/webapp/weir.js';
import { ADA, FakeServer, PACE, until } from './fake-server.mjs';

const [ONE, TWO, THREE] = ['http://one.test/', 'http://two.test/', 'http://three.test/'];
const open = [];

/** One log behind several nodes; `down` are those that do not answer, `strangers` those that know no sign-in. */
function cluster() {
  const server = new FakeServer();
  const nodes = { server, down: new Set(), strangers: new Set(), asked: [] };
  const at = (url) => `http://${new URL(url).host}/`;
  const Socket = server.WebSocket;
  nodes.WebSocket = class extends Socket {
    constructor(url) {
      super(url);
      const place = at(url);
      nodes.asked.push(place);
      if (!nodes.down.has(place) && !nodes.strangers.has(place)) return;
      this.closed = true;
      setImmediate(() => this.onclose({}));
    }
  };
  nodes.fetch = async (url, init) => {
    const place = at(url);
    nodes.asked.push(place);
    if (nodes.down.has(place)) throw new TypeError('fetch failed');
    if (nodes.strangers.has(place)) return Response.json({ code: 'not-signed-in' }, { status: 401 });
    return server.fetch(url, init);
  };
  nodes.kill = (place) => {
    nodes.down.add(place);
    server.cut();
  };
  return nodes;
}

function follow(nodes, places, transports) {
  const seen = { state: null, states: [] };
  const connection = connect({
    room: 'r', places, transports, fetch: nodes.fetch, WebSocket: nodes.WebSocket, pace: PACE,
    onframe: (frame) => (seen.state = fold(seen.state, frame)),
    onstate: (state) => seen.states.push(state),
  });
  open.push(connection);
  return { connection, seen };
}

const said = (id, text) => ({ type: 'message', id, from: ADA, text });

afterEach(() => open.splice(0).forEach((connection) => connection.close()));

for (const transport of ['websocket', 'sse', 'long-polling']) {
  test(`goes on at another node by ${transport}`, async () => {
    const nodes = cluster();
    const places = new Places({ base: ONE, nodes: [ONE, TWO, THREE] });
    const { connection, seen } = follow(nodes, places, [transport]);
    nodes.server.append(said('m1', 'one'));
    await until(() => seen.state?.messages.length === 1 && connection.state === 'live');

    nodes.down.add(TWO);
    nodes.kill(ONE);
    await until(() => places.current === THREE && connection.state === 'live', `a third node, not ${places.current}`);
    nodes.server.append(said('m2', 'two'));
    await until(() => seen.state.messages.length === 2);

    assert.deepEqual(seen.state.messages.map(({ text }) => text), ['one', 'two']);
    assert.ok(!seen.states.includes('gone') && !seen.states.includes('signed-out'), String(seen.states));
  });
}

test('learns of nodes from the stream', async () => {
  const nodes = cluster();
  const places = new Places({ base: ONE });
  const { connection } = follow(nodes, places, ['websocket']);
  await until(() => connection.state === 'live');
  for (const reader of nodes.server.readers) reader({ type: 'nodes', nodes: ['http://one.test', 'http://two.test', 'javascript:alert(1)', 7] });

  nodes.kill(ONE);

  await until(() => places.current === TWO && connection.state === 'live');
});

test('a node without our sign-in does not sign the page out', async () => {
  const nodes = cluster();
  const places = new Places({ base: ONE, nodes: [TWO] });
  const { connection, seen } = follow(nodes, places, ['websocket']);
  await until(() => connection.state === 'live');
  nodes.strangers.add(TWO);

  nodes.kill(ONE);
  await until(() => seen.states.includes('offline'));
  nodes.down.delete(ONE);

  await until(() => connection.state === 'live' && places.current === ONE);
  nodes.strangers.add(ONE);
  nodes.server.cut();
  await until(() => connection.state === 'signed-out');
});

test('what only reads is asked of another node, and what does something is not done twice', async () => {
  const nodes = cluster();
  const rest = api({ base: ONE, nodes: [TWO], fetch: nodes.fetch });
  nodes.down.add(ONE);

  assert.equal((await rest.room('r')).id, 'r');
  nodes.down.add(TWO);
  nodes.down.delete(ONE);
  await assert.rejects(rest.deleteRoom('r'), { code: 'unreachable' });
  assert.deepEqual(nodes.asked, [ONE, TWO, TWO]);

  assert.equal((await rest.room('r')).id, 'r');
});
