/** What a reader sees of an answer in a language of their own. Pure. */

/** The title of what should have been translated and was not; the style sheet knows it. */
export const MISSING = 'Not translated';

/** While no translation has come, so many characters of the original are waited for before it is shown instead. */
const PATIENCE = 600;

/** A line's marks, its words, the white space after them. */
const LINE = /^([ \t]*(?:(?:[-*+>|]|#{1,6}|\d{1,9}[.)])[ \t]*)*)(.*?)([ \t]*)$/u;

/**
 * @param answer an answer of the folded state
 * @param language a BCP 47 tag, or empty
 * @returns `{ text, plain, missing }`: markdown with what is missing marked, the same without marks, and how many parts
 *   are missing; null when there is no translation for this reader
 */
export function translated(answer, language) {
  const { text, live, variants } = answer;
  const parts = language ? variants?.[language] : null;
  if (!parts?.length) return language && expects(answer) ? { text: '', plain: '', missing: 0 } : null;
  let [marked, plain, at, missing] = ['', '', 0, 0];
  for (const part of parts) {
    const source = text.slice(part.from, part.to);
    plain += part.text ?? source;
    marked += part.original ? source.split('\n').map(mark).join('\n') : part.text ?? source;
    missing += part.original ? 1 : 0;
    at = part.to;
  }
  const rest = live ? '' : text.slice(at);
  return { text: marked + rest, plain: plain + rest, missing };
}

/** Whether a translation of an answer that is being written is likely to come, so that the original need not be shown first. */
function expects({ live, text, variants, interceptors = [] }) {
  return live && !variants && text.length < PATIENCE && interceptors.some(({ name, mode }) => name === 'translate' && mode === 'enforce');
}

function mark(line) {
  const [, marks, words, space] = LINE.exec(line);
  return words ? `${marks}<span title="${MISSING}">${words}</span>${space}` : line;
}
