/** The REST door. */
import { WeirError } from './error.js';
import { Places } from './places.js';
import { read } from './wire.js';

/**
 * The REST door: each call resolves with the answer's JSON, or rejects with a WeirError. When the node is gone, what only
 * reads is asked of another, and the next call goes there. Options as those of connect().
 */
export function api(options = {}) {
  const places = options.places ?? new Places(options);
  const call = async (method, path, body) => {
    const init = { method, credentials: places.credentials, cache: 'no-store', headers: { Accept: 'application/json', ...options.headers } };
    if (body) Object.assign(init, { body: JSON.stringify(body), headers: { ...init.headers, 'Content-Type': 'application/json' } });
    const answer = await (options.fetch ?? globalThis.fetch)(new URL(`api/${path}`, places.current).href, init).catch(() => null);
    if (!answer || (answer.status === 401 && !places.proven)) {
      if (places.moveOn() && method === 'GET') return call(method, path, body);
      throw new WeirError('unreachable', 'The server can’t be reached. Check the connection and try again.');
    }
    places.works();
    const said = read(await answer.text());
    if (answer.ok) return said;
    throw new WeirError(said?.code ?? `http-${answer.status}`, said?.detail ?? said?.title ?? `The server answered ${answer.status}.`, answer.status);
  };
  const at = (room, ...rest) => ['rooms', room, ...rest].map((part) => encodeURIComponent(part)).join('/');
  return {
    session: () => call('GET', 'session'),
    changeSession: (change) => call('PATCH', 'session', change),
    own: (room = '', totals = true) => call('GET', `budgets/own?room=${encodeURIComponent(room)}&totals=${totals}`),
    models: () => call('GET', 'models'),
    rooms: ({ completions = false } = {}) => call('GET', completions ? 'rooms?include=completions' : 'rooms'),
    createRoom: ({ name = '', model = '' } = {}) => call('POST', 'rooms', { name, model }),
    room: (room) => call('GET', at(room)),
    changeRoom: (room, change) => call('PATCH', at(room), change),
    deleteRoom: (room) => call('DELETE', at(room)),
    invite: (room, login) => call('POST', at(room, 'members'), { login }),
    removeMember: (room, user) => call('DELETE', at(room, 'members', user)),
  };
}
