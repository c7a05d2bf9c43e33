/** Figures and states in words. */

const number = new Intl.NumberFormat('en');

/** Millionths of a dollar as dollars, with as many digits as it takes to say something. */
export function dollars(micros) {
  if (!micros) return '$0';
  const amount = micros / 1e6;
  if (amount >= 0.01) return `$${amount.toFixed(amount >= 100 ? 0 : amount >= 1 ? 2 : 3)}`;
  return `$${amount.toFixed(amount >= 0.001 ? 4 : 6).replace(/0+$/, '')}`;
}

export function seconds(millis) {
  if (millis < 1000) return `${Math.round(millis)} ms`;
  return `${(millis / 1000).toFixed(millis < 10_000 ? 1 : 0)} s`;
}

/** Price of a model, in dollars per million tokens. */
export function price(model) {
  const { input = '0', output = '0' } = model.price ?? {};
  if (!Number(input) && !Number(output)) return 'No charge per token';
  return `$${input} in, $${output} out per million tokens`;
}

export const OUTCOMES = {
  complete: '',
  stopped: 'Stopped',
  blocked: 'Blocked',
  failed: 'Failed',
  interrupted: 'Interrupted',
  'over-budget': 'Over budget',
  superseded: 'Replaced',
};

const WITHOUT_REASON = {
  stopped: 'The answer was stopped before it was finished.',
  blocked: 'A check did not let this answer through.',
  failed: 'The model could not finish the answer.',
  interrupted: 'The server stopped while it was writing this answer.',
  'over-budget': 'The budget was spent before the answer was finished.',
  superseded: 'Another answer took its place.',
};

export const reasonOf = ({ outcome, reason }) => reason || WITHOUT_REASON[outcome] || '';

/** What guards took out of an answer, in sentences; of translations only for a reader of translations. */
export function redactions(verdicts, ofTranslations) {
  const told = verdicts.filter(({ decision }) => decision === 'redacted').map(({ interceptor, rule = '' }) => {
    if (!rule.startsWith('translate: ')) return `Parts of this answer were removed by the check “${interceptor}”.`;
    return ofTranslations && !rule.startsWith('translate: prompt ') && `Parts of a translation were removed by the check “${interceptor}”.`;
  });
  return [...new Set(told)].filter(Boolean);
}

/** Whether an answer can be continued: it broke off, or the model's length limit cut it. */
export function canContinue({ outcome, reason, text }) {
  if (!text) return false;
  return ['stopped', 'interrupted', 'failed'].includes(outcome) || (outcome === 'complete' && /length|limit|too long|cut/i.test(reason));
}

/** The figures under an answer, as pairs of words and what they mean. */
export function figures({ usage, timing }) {
  const parts = [];
  if (usage && (usage.inputTokens || usage.outputTokens)) {
    const about = usage.estimated ? '≈ ' : '';
    const estimated = usage.estimated ? ' (estimated)' : '';
    parts.push([`${about}${number.format(usage.inputTokens)} tokens in, ${number.format(usage.outputTokens)} out`, `Tokens read and written${estimated}`]);
    parts.push([`${about}${dollars(usage.costMicros)}`, `Cost${estimated}`]);
  }
  if (timing && timing.firstDeltaMillis >= 0) parts.push([`first words after ${seconds(timing.firstDeltaMillis)}`, 'Time until the first text came']);
  return parts;
}

/** Names in a sentence: "Ada", "Ada and Bob", "Ada, Bob and 2 others". */
export function names(list) {
  if (list.length < 2) return list[0] ?? '';
  if (list.length > 3) return `${list.slice(0, 2).join(', ')} and ${list.length - 2} others`;
  return `${list.slice(0, -1).join(', ')} and ${list.at(-1)}`;
}

export const initials = (name) => name.split(/\s+/).filter(Boolean).map((word) => word[0]).slice(0, 2).join('').toUpperCase() || '?';

export const titleOf = (room) => room?.name || 'New conversation';
