/** The page's pure parts: cutting markdown that still grows, and words for figures. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutBlocks, tidy } from '../../main/webapp/assets/blocks.js';
import { translated } from '../../main/webapp/assets/variants.js';
import { canContinue, dollars, names, price, redactions, seconds } from '../../main/webapp/assets/words.js';

/** Paragraphs and the blank lines between them: enough of a lexer to see the cutting. */
const lex = (text) => (text.match(/\n*(?:[^\n]+\n?)+|\n+/g) ?? []).flatMap((raw) => {
  const space = raw.match(/^\n+/)?.[0] ?? '';
  const rest = raw.slice(space.length);
  return [space && { type: 'space', raw: space }, rest && { type: 'paragraph', raw: rest }].filter(Boolean);
});

test('a block is final once the next has begun', () => {
  assert.deepEqual(cutBlocks('one\n\ntwo', lex), { final: ['one\n\n'], open: 'two' });
  assert.deepEqual(cutBlocks('one\n\ntwo\n\nthree', lex), { final: ['one\n\n', 'two\n\n'], open: 'three' });
});

test('a block stays open while what follows may still belong to it', () => {
  for (const rest of ['one', 'one\n\n', 'one\n\n-', 'one\n\n12.', 'one\n\n  ']) assert.deepEqual(cutBlocks(rest, lex), { final: [], open: rest });
});

test('everything stays open when the lexer does not give the text back', () => {
  assert.deepEqual(cutBlocks('one\n\ntwo', () => [{ type: 'paragraph', raw: 'one' }]), { final: [], open: 'one\n\ntwo' });
});

test('half-typed marks are closed or kept back', () => {
  const cases = {
    'a **bold': 'a **bold**', 'a **': 'a ', 'a `co': 'a `co`', 'an *it': 'an *it*', 'an *': 'an ', '*a* **b** *c': '*a* **b** *c*', '2 * 3': '2 * 3', 'a `*x` b': 'a `*x` b', 'a [link](htt': 'a link', 'a [li': 'a li', 'text\n-': 'text', 'text\n===': 'text', 'a\n```': 'a\n```',
    '| a | b |': '', '| a | b |\n': '', '| a | b |\n|--': '', '| a | b |\n|---|---|': '| a | b |\n|---|---|', 'done **b** `c`': 'done **b** `c`', '```js\na ** b': '```js\na ** b',
  };
  for (const [open, shown] of Object.entries(cases)) assert.equal(tidy(open), shown, JSON.stringify(open));
});

test('money and time are said with as many digits as it takes', () => {
  assert.deepEqual([0, 7, 788, 12_345, 2_500_000, 123_000_000].map(dollars), ['$0', '$0.000007', '$0.000788', '$0.012', '$2.50', '$123']);
  assert.deepEqual([420, 1_250, 12_400].map(seconds), ['420 ms', '1.3 s', '12 s']);
  assert.equal(price({ price: { input: '0.50', output: '1.50' } }), '$0.50 in, $1.50 out per million tokens');
});

test('an answer can be continued when it broke off', () => {
  const text = 'x';
  assert.ok(canContinue({ outcome: 'stopped', reason: '', text }));
  assert.ok(canContinue({ outcome: 'complete', reason: 'The model reached its length limit.', text }));
  assert.ok(!canContinue({ outcome: 'complete', reason: '', text }));
  assert.ok(!canContinue({ outcome: 'blocked', reason: '', text }));
  assert.ok(!canContinue({ outcome: 'failed', reason: '', text: '' }));
});

test('what was taken out of translations is told to their readers', () => {
  const verdict = (rule, decision = 'redacted') => ({ interceptor: 'redact', decision, rule });
  const verdicts = [verdict('card'), verdict('email'), verdict('translate: card'), verdict('translate: prompt email'), verdict('translate: phone', 'passed')];
  assert.deepEqual(redactions(verdicts, false), ['Parts of this answer were removed by the check “redact”.']);
  assert.deepEqual(redactions(verdicts, true), ['Parts of this answer were removed by the check “redact”.', 'Parts of a translation were removed by the check “redact”.']);
});

test('names make a sentence', () => assert.deepEqual([names(['A']), names(['A', 'B']), names(['A', 'B', 'C']), names(['A', 'B', 'C', 'D'])], ['A', 'A and B', 'A, B and C', 'A, B and 2 others']));

test('a reader sees their language, what is missing is marked, and no translation leaves the original', () => {
  const text = 'One. `x`\n\n- Two. Three. Four';
  const variants = { fr: [{ from: 0, to: 4, text: 'Un.' }, { from: 4, to: 8 }, { from: 8, to: 23, original: true }] };
  const shown = translated({ text, variants, live: true }, 'fr');
  assert.deepEqual(shown, {
    text: 'Un. `x`\n\n- <span title="Not translated">Two. Three.</span>', plain: 'Un. `x`\n\n- Two. Three.', missing: 1,
    pieces: [{ text: 'Un.', missing: false }, { text: ' `x`', missing: false }, { text: '\n\n- Two. Three.', missing: true }],
  });
  assert.equal(translated({ text: 'One. Two.', variants: { fr: [{ from: 4, to: 9, text: ' Deux.' }] } }, 'fr').plain, 'One. Deux.');
  assert.ok(translated({ text, variants, live: false }, 'fr').text.endsWith('</span> Four'));
  assert.equal(translated({ text, variants, live: false }, 'de'), null);
  assert.equal(translated({ text, variants, live: false }, ''), null);
});

test('the original is not shown first when a translation is about to come', () => {
  const interceptors = [{ name: 'translate', mode: 'enforce' }];
  assert.equal(translated({ text: 'One', live: true, interceptors }, 'fr').text, '');
  assert.equal(translated({ text: 'One', live: false, interceptors }, 'fr'), null);
  assert.equal(translated({ text: 'x'.repeat(600), live: true, interceptors }, 'fr'), null);
  assert.equal(translated({ text: 'One', live: true, interceptors, variants: { de: [] } }, 'fr'), null);
});
