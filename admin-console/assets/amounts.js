/** Amounts, money and times as people read them. */

const numbers = new Intl.NumberFormat();
const day = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });

export const count = (value) => numbers.format(value);

/** Millionths of a dollar: with more digits where it is little. */
export function money(micros) {
  if (!micros) return '$0';
  const digits = micros < 1_000 ? 6 : micros < 1_000_000 ? 4 : 2;
  return `$${(micros / 1e6).toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits })}`;
}

export const quantity = (value, unit) => (unit === 'usd' ? money(value) : count(value));

export function amount(value, unit) {
  return unit === 'usd' ? money(value) : `${count(value)} ${unit.replace('-', ' ')}`;
}

export function lasting(millis) {
  const seconds = Math.max(0, Math.floor(millis / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds / 60) % 60} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor(seconds / 3600) % 24} h`;
}

export const until = (millis) => `in ${lasting(millis)}`;

/** `at` with the time of today, or `on` with another day's date. */
export function moment(at) {
  const then = new Date(at);
  return then.toDateString() === new Date().toDateString() ? `at ${clock.format(then)}` : `on ${day.format(then)}`;
}

export const exactly = (at) => day.format(at);
export const time = (at) => clock.format(at);
