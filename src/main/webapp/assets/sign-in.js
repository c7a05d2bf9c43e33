/** The sign-in page: says what went wrong and remembers where the user wanted to go. The form works without it. */
const asked = new URLSearchParams(location.search);
const $ = (id) => document.getElementById(id);

/** Only a path of this server, so that a link can't lead elsewhere after the sign-in. */
function localPath(path) {
  return /^\/(?![/\\])/.test(path) && new URL(path, location.href).origin === location.origin ? path : '';
}

const next = localPath(asked.get('next') ?? '');
$('next').value = next && !next.includes('#') ? next + location.hash : next;

function limited() {
  const until = Date.now() + 1000 * Math.min(86_400, Math.max(1, Number(asked.get('seconds')) || 60));
  const tick = () => {
    const rest = Math.ceil((until - Date.now()) / 1000);
    $('submit').disabled = rest > 0;
    const when = rest > 90 ? `in ${Math.ceil(rest / 60)} minutes` : `in ${rest} s`;
    $('wait').textContent = rest > 0 ? when : 'now';
    if (rest <= 0) clearInterval(ticking);
  };
  const wait = Object.assign(document.createElement('span'), { id: 'wait', ariaLive: 'off' });
  $('problem').append('There were too many attempts. You can try again ', wait, '.');
  const ticking = setInterval(tick, 1000);
  tick();
}

const problem = asked.get('problem');
if (problem === 'limited') limited();
else if (problem === 'wrong') $('problem').textContent = 'The name or the password is not right. Try again.';
else if (problem) $('problem').textContent = 'Signing in did not work. Try again.';

$('show').hidden = false;
$('show').addEventListener('click', () => {
  const visible = $('password').type === 'password';
  $('password').type = visible ? 'text' : 'password';
  $('show').textContent = visible ? 'Hide' : 'Show';
  $('show').setAttribute('aria-label', visible ? 'Hide the password' : 'Show the password');
  $('password').focus();
});
