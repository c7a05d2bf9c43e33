/**
 * Weir's client: follows a room over WebSocket, SSE or long-polling, resumes after every drop, sends commands.
 * No dependencies; runs in browsers and in Node 22 or newer. The wire and this API are described in docs/protocol.md.
 */
export { connect } from './weir/connection.js';
export { WeirError } from './weir/error.js';
export { EMPTY, fold } from './weir/fold.js';
export { Places } from './weir/places.js';
export { api } from './weir/rest.js';
export { newId } from './weir/wire.js';
