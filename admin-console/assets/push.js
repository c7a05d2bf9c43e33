/**
 * Runs before the page's push connection opens. The server writes the address as it was asked itself; behind a proxy that
 * speaks TLS it would be the wrong one, so the address of this page counts. What comes before live.js is there is kept.
 */
(() => {
  const { push } = window.faces;
  const { init } = push;
  push.init = (id, url, ...rest) => {
    const here = `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}`;
    return init(id, url.replace(/^wss?:\/\/[^/]+/, here), ...rest);
  };
  window.weirLive = {
    opened() {},
    lost() {},
    closed() {},
    show(message) { this.kept = message; },
  };
})();
