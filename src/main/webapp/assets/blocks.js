/**
 * Cuts markdown that is still growing into blocks that are final and a rest that may still change. Pure.
 *
 * A block is final when nothing that may come can change how it reads: another block has begun after it, far enough
 * that it can't turn out to belong to this one.
 */

/** May still become a list item, an indented line or nothing: it does not yet end the block before it. */
const UNDECIDED = /^[ \t]*(?:[-*+]|\d{1,9}[.)]?)?[ \t]*$/;

/**
 * @param rest markdown after the last final block
 * @param lex cuts markdown into top-level tokens `{type, raw}` whose `raw` together are the text
 * @returns `{ final: [raw, …], open: raw }`, which together are `rest`
 */
export function cutBlocks(rest, lex) {
  const tokens = lex(rest);
  if (tokens.reduce((length, token) => length + token.raw.length, 0) !== rest.length) return { final: [], open: rest };
  const starts = [];
  let at = 0;
  for (const token of tokens) {
    if (token.type !== 'space') starts.push(at);
    at += token.raw.length;
  }
  let count = starts.length - 1;
  if (count > 0 && !begun(rest, starts[count])) count--;
  const final = [];
  for (let i = 0; i < count; i++) final.push(rest.slice(i ? starts[i] : 0, starts[i + 1]));
  return { final, open: rest.slice(count > 0 ? starts[count] : 0) };
}

/** Whether the block that begins at `start` is far enough to end the one before. */
function begun(text, start) {
  const line = text.slice(start).split('\n', 2);
  if (line.length > 1) return !UNDECIDED.test(line[0]) || line[0].trim() !== '';
  return /\n[ \t]*\n[ \t]*$/.test(text.slice(0, start)) && !UNDECIDED.test(line[0]);
}

/** Closes what the last line leaves open, so that half-typed marks don't show: `**bold`, `` `code ``, `[link](htt`. */
export function tidy(open) {
  const from = open.lastIndexOf('\n\n') + 1;
  const line = open.slice(from);
  if ((open.match(/^ {0,3}(?:```|~~~)/gm) ?? []).length % 2) return open;
  if ((line.match(/`/g) ?? []).length % 2) return /`[^`\n]*[^`\s][^`\n]*$/.test(line) ? `${open}\`` : open.replace(/`+\s*$/, '');
  let text = open.replace(/!?\[([^\]\n]*)\]\([^)\n]*$/, '$1').replace(/!?\[([^\]\n]*)$/, '$1');
  const plain = text.slice(from).replace(/`[^`]*`/g, '');
  if ((plain.match(/\*\*/g) ?? []).length % 2) text = /\*\*\s*$/.test(text) ? text.replace(/\*\*\s*$/, '') : `${text.replace(/\*$/, '').trimEnd()}**`;
  return text;
}
