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
  if (line.length > 1) return line[0].trim() !== '';
  return /\n[ \t]*\n[ \t]*$/.test(text.slice(0, start)) && !UNDECIDED.test(line[0]);
}

/** A last line that is only a mark so far: a bullet, a number, the beginning of a fence, an underline or a rule. */
const BARE_MARK = /(?:^|\n)[ \t>]*(?:[-*+]|\d{1,9}[.)]?|=+|-+|\*{2,3}|#{1,6}|`{1,2}|~{1,2})?[ \t]*$/;

/**
 * What to show of a block that is still open: without marks that are only half there, and without a table's head until
 * the row under it says that it is one. Spares the reader paragraphs that turn into headings, lists and tables.
 */
export function tidy(open) {
  if ((open.match(/^ {0,3}(?:```|~~~)/gm) ?? []).length % 2) return open;
  return closeMarks(withoutHalfTable(open).replace(BARE_MARK, ''));
}

function withoutHalfTable(open) {
  const lines = open.replace(/\n[ \t]*$/, '').split('\n');
  const first = lines.findLastIndex((line) => !/^[ \t]*\|/.test(line)) + 1;
  const rows = lines.slice(first);
  const cells = (row) => row.trim().replace(/\|$/, '').split('|').length;
  if (rows.length === 0 || rows.length > 2 || (rows.length === 2 && cells(rows[1]) >= cells(rows[0]) && /-/.test(rows[1]))) return open;
  return lines.slice(0, first).join('\n');
}

/** Closes `**bold`, `*italic`, `` `code `` and `[link](htt` in the last paragraph. */
function closeMarks(open) {
  const from = open.lastIndexOf('\n\n') + 1;
  const line = open.slice(from);
  if ((line.match(/`/g) ?? []).length % 2) return /`[^`\n]*[^`\s][^`\n]*$/.test(line) ? `${open}\`` : open.replace(/`+\s*$/, '');
  let text = open.replace(/!?\[([^\]\n]*)\]\([^)\n]*$/, '$1').replace(/!?\[([^\]\n]*)$/, '$1');
  const plain = text.slice(from).replace(/`[^`]*`/g, '');
  if ((plain.match(/\*\*/g) ?? []).length % 2) text = /\*\*\s*$/.test(text) ? text.replace(/\*\*\s*$/, '') : `${text.replace(/\*$/, '').trimEnd()}**`;
  else if (ITALIC_OPEN.test(plain.replaceAll('**', ''))) text = `${text.trimEnd()}*`;
  else text = text.replace(/(^|[\s(“"])\*$/, '$1');
  return text;
}

/** `*` before a letter, with no `*` after it that could end it. */
const ITALIC_OPEN = /(?:^|[\s(“"])\*(?=\p{L})[^*]*$/u;
