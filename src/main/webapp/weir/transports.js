/** The transports, in the order in which they are tried. */
import { read } from './wire.js';

export const TRANSPORTS = ['websocket', 'sse', 'long-polling'];

/** Each opens a link: tells `opened`, `heard(text)`, `ended(response?)`; `send` where commands can go up on it. */
export const OPENERS = {
  websocket({ address, WebSocket }, { opened, heard, ended }) {
    const socket = new WebSocket(address().replace(/^http/, 'ws'));
    Object.assign(socket, { onopen: () => opened(), onmessage: ({ data }) => heard(data), onclose: () => ended(), onerror() {} });
    return {
      send: (text) => socket.send(text),
      close: () => socket.close(),
    };
  },

  sse({ address, fetch }, { opened, heard, ended }) {
    const abort = new AbortController();
    (async () => {
      const answer = await fetch(address(), { headers: { Accept: 'text/event-stream' }, signal: abort.signal });
      if (!answer.ok || !answer.body) return ended(answer);
      opened();
      const decoder = new TextDecoder();
      let rest = '';
      for await (const chunk of chunks(answer.body)) {
        rest = (rest + decoder.decode(chunk, { stream: true })).replace(/\r\n/g, '\n');
        const parts = rest.split('\n\n');
        rest = parts.pop();
        for (const part of parts) heard(dataOf(part));
      }
      ended();
    })().catch(() => ended());
    return { close: () => abort.abort() };
  },

  'long-polling'({ address, fetch }, { opened, heard, ended }) {
    const abort = new AbortController();
    (async () => {
      await null;
      while (!abort.signal.aborted) {
        const asked = Date.now();
        const asking = fetch(address(), { signal: abort.signal });
        opened();
        const answer = await asking;
        if (!answer.ok) return ended(answer);
        const text = await answer.text();
        heard(text);
        if (!(read(text)?.events?.length > 0) && Date.now() - asked < 100) await new Promise((done) => setTimeout(done, 250));
      }
    })().catch(() => ended());
    return { close: () => abort.abort() };
  },
};

async function* chunks(body) {
  const reader = body.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value;
}

const dataOf = (part) => part.split('\n').filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trimStart()).join('\n');
