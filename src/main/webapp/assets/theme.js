// Blocking and tiny on purpose: the chosen theme stands before the first paint.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('weir.theme');
  } catch {
    // Storage is forbidden here; the system's theme it is.
  }
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
