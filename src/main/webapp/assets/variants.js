/** What a reader sees of an answer, or of what somebody said, in a language of their own. Pure. */

/** The title of what should have been translated and was not; the style sheet knows it. */
export const MISSING = 'Not translated';

/** While no translation has come, so many characters of the original are waited for before it is shown instead. */
const PATIENCE = 600;

/** A line's marks, its words, the white space after them. */
const LINE = /^([ \t]*(?:(?:[-*+>|]|#{1,6}|\d{1,9}[.)])[ \t]*)*)(.*?)([ \t]*)$/u;

/**
 * @param message an answer, or what a person said, of the folded state
 * @param language a BCP 47 tag, or empty
 * @returns `{ text, plain, pieces, missing }`: markdown with what is missing marked, the same without marks, the same in
 *   pieces `{ text, missing }`, and how many pieces are missing; null when there is no translation for this reader
 */
export function translated(message, language) {
  const { text, live, variants } = message;
  const parts = language ? variants?.[language] : null;
  if (!parts?.length) return language && expects(message) ? { text: '', plain: '', pieces: [], missing: 0 } : null;
  const pieces = [];
  let at = 0;
  for (const part of parts) {
    if (part.from > at) pieces.push({ text: text.slice(at, part.from), missing: false });
    pieces.push({ text: part.text ?? text.slice(part.from, part.to), missing: Boolean(part.original) });
    at = part.to;
  }
  if (!live && at < text.length) pieces.push({ text: text.slice(at), missing: false });
  return {
    text: pieces.map((piece) => (piece.missing ? piece.text.split('\n').map(mark).join('\n') : piece.text)).join(''),
    plain: pieces.map((piece) => piece.text).join(''),
    pieces,
    missing: pieces.filter((piece) => piece.missing).length,
  };
}

/** Whether a translation of an answer that is being written is likely to come, so that the original need not be shown first. */
function expects({ live, text, variants, interceptors = [] }) {
  return live && !variants && text.length < PATIENCE && interceptors.some(({ name, mode }) => name === 'translate' && mode === 'enforce');
}

function mark(line) {
  const [, marks, words, space] = LINE.exec(line);
  return words ? `${marks}<span title="${MISSING}">${words}</span>${space}` : line;
}
