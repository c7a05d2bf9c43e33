/** “Try it”: a room of one's own, a turn in it, and its answer as it is written. */
import { EMPTY, api, connect, fold } from '../../weir.js';
import { $ } from '../dom.js';

const rest = api();
const numbers = new Intl.NumberFormat();
const ENDS = { stopped: 'Stopped', failed: 'Failed', blocked: 'Blocked', interrupted: 'Interrupted', superseded: 'Superseded', 'over-budget': 'Over budget' };
let model = '';
let connection = null;
let turn = null;

function open(button) {
  leave();
  model = button.dataset.try;
  $('try-title').textContent = `Try ${button.dataset.label}`;
  $('try-answer').hidden = true;
  $('try-figures').textContent = '';
  state('');
  $('try').showModal();
  $('try-prompt').select();
}

function leave() {
  connection?.close();
  connection = null;
  turn = null;
  busy(false);
}

function busy(is) {
  $('try-ask').disabled = is;
  $('try-stop').hidden = !is;
}

function state(text) {
  $('try-state').textContent = text;
}

async function ask(event) {
  event.preventDefault();
  leave();
  busy(true);
  state('Asking');
  $('try-answer').textContent = '';
  $('try-answer').hidden = false;
  $('try-figures').textContent = '';
  const mine = { began: performance.now(), first: null };
  try {
    const { id: room } = await rest.createRoom({ name: `Trying ${model}`, model });
    let view = EMPTY;
    const here = connect({ room, onframe: (frame) => show(mine, room, (view = fold(view, frame)), here) });
    connection = here;
    mine.began = performance.now();
    const ack = await here.send({ command: 'prompt', text: $('try-prompt').value, model });
    if (connection === here) turn = ack.turn;
  } catch (problem) {
    state(problem.message);
    busy(false);
  }
}

function show(mine, room, view, here) {
  const answer = view.messages.findLast((message) => message.kind === 'answer');
  if (!answer || connection !== here) return;
  if (answer.text && mine.first === null) mine.first = performance.now() - mine.began;
  $('try-answer').textContent = answer.text;
  if (answer.live) return state(answer.text ? 'Writing' : 'Thinking');
  state(ENDS[answer.outcome] ?? '');
  const first = answer.timing?.firstDeltaMillis >= 0 ? `first delta after ${answer.timing.firstDeltaMillis} ms, ` : '';
  const usage = answer.usage ? `${numbers.format(answer.usage.inputTokens)} tokens in, ${numbers.format(answer.usage.outputTokens)} out, ` : '';
  $('try-figures').replaceChildren(answer.reason ? `${answer.reason} ` : '', `${usage}${first}${(answer.timing.durationMillis / 1000).toFixed(1)} s in all. `);
  const link = document.createElement('a');
  link.href = `../#${room}`;
  link.textContent = 'Open the conversation';
  $('try-figures').append(link);
  leave();
}

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-try]');
  if (button) open(button);
});
$('try-form').addEventListener('submit', ask);
$('try-stop').addEventListener('click', () => turn && connection?.send({ command: 'stop', turn }).catch((problem) => state(problem.message)));
$('try-close').addEventListener('click', () => $('try').close());
$('try').addEventListener('close', leave);
