// What all of the page shares, and its header: how far the review is, what can be saved, the keys.

const PER_PAGE = 50;
const KEYS = `enrich-review:keys`;
let shownChanges = inOrder;
let page = 0;
let current = null;
let keysOn = true;

const top_ = document.getElementById('top');
const filters = document.getElementById('filters');
const main = document.getElementById('changes');
const said = document.getElementById('said');

let silence = 0;

function say(text) {
  said.textContent = text;
  clearTimeout(silence);
  silence = setTimeout(() => said.replaceChildren(), 6_000);
}

const button = (label, action, attributes = {}) => make('button', { type: 'button', ...attributes, on: { click: action } }, label);

const progress = make('div', { class: 'progress', role: 'img' });
const numbers = make('p', { class: 'numbers' });
const notice = make('p', { class: 'notice', hidden: true });
const undoButton = button('Undo', takeBack, { title: 'Undo (u)' });
const patchButton = button('enrich.patch', () => exportAs('enrich.patch', patchText()));
const decisionsButton = button('decisions.json', () => exportAs('decisions.json', decisionsText()));
const help = helpDialog();

function buildHeader() {
  top_.append(
    make('div', { class: 'title' },
      make('h1', {}, 'Review of ', make('bdi', {}, ...shown(data.catalogue))),
      make('p', {}, `${count(decidable.length, 'change')} in ${count(new Set(decidable.map((change) => change.entry)).size, 'file')}${leftToMend()}, plan `, make('code', {}, data.plan))),
    make('div', { class: 'standing' }, progress, numbers),
    make('div', { class: 'tools' }, undoButton, button('Keys and help', () => help.showModal()),
      make('span', { class: 'out' }, make('span', {}, 'Save'), decisionsButton, patchButton)),
  );
  document.getElementById('columns').before(notice, help);
}

function leftToMend() {
  const number = changes.length - decidable.length;
  return number ? `, ${count(number, 'finding')} without a change` : '';
}

function refreshHeader() {
  const states = new Map(STATES.map((state) => [state, 0]));
  for (const change of decidable) states.set(stateOf(change), states.get(stateOf(change)) + 1);
  const parts = ['accepted', 'rejected', 'skipped'].map((state) => {
    const piece = make('span', { class: state });
    piece.style.width = `${(100 * states.get(state)) / Math.max(1, decidable.length)}%`;
    return piece;
  });
  progress.replaceChildren(...parts);
  const words = ['accepted', 'rejected', 'skipped', 'open'].map((state) => `${states.get(state).toLocaleString('en')} ${state === 'open' ? 'left' : state}`);
  progress.setAttribute('aria-label', words.join(', '));
  numbers.replaceChildren(...words.map((word, at) => make('span', { class: ['accepted', 'rejected', 'skipped', 'open'][at] }, word)));
  undoButton.disabled = !undone.length;
  patchButton.disabled = !states.get('accepted');
  decisionsButton.disabled = !states.get('accepted') && !states.get('rejected');
  const notices = [];
  if (!canStore) notices.push('This browser keeps nothing for this page: save decisions.json before you close it.');
  if (data.stale.length) notices.push(`${count(data.stale.length, 'change')} of the queue no longer fit their files and are left out.`);
  notice.textContent = notices.join(' ');
  notice.hidden = !notices.length;
}

function exportAs(name, text) {
  download(name, text);
  isExported = true;
  say(`${name} is saved.`);
}

function helpDialog() {
  const rows = [
    ['j  k', 'next, previous change'], ['a', 'accept'], ['r', 'reject: it is not proposed again'], ['x', 'skip, decide later'],
    ['u', 'undo the last answer, also one for all shown'], ['/', 'search'],
  ];
  const tokens = [
    ['r:IDN201', 'rule, by code or name'], ['h:arxiv.org', 'host of the address that changes'], ['f:title', 'field'],
    ['p:2024', 'path'], ['s:open', 'state: open, accepted, rejected, skipped'], ['k:unsafe', 'kind: safe, unsafe, none'],
    ['-r:MET301', 'not this'], ['"two words"', 'words that stand together'],
  ];
  const list = (pairs, tag) => make('dl', {}, ...pairs.flatMap(([name, text]) => [make('dt', {}, make(tag, {}, name)), make('dd', {}, text)]));
  const toggle = make('input', { type: 'checkbox', id: 'keys-on', checked: true, on: { change: () => setKeys(toggle.checked) } });
  const dialog = make('dialog', { 'aria-labelledby': 'help-title' },
    make('h2', { id: 'help-title' }, 'Keys and help'), list(rows, 'kbd'),
    make('p', {}, toggle, make('label', { for: 'keys-on' }, 'Single keys work on this page')),
    make('h3', {}, 'Search'), list(tokens, 'code'),
    make('h3', {}, 'Afterwards'),
    make('p', {}, make('code', {}, 'enrich review --import decisions.json'), ' takes your answers over, and ', make('code', {}, 'enrich apply'), ' writes what you accepted. ',
      make('code', {}, 'git apply enrich.patch'), ' writes the same bytes without enrich.'),
    button('Close', () => dialog.close()));
  return dialog;
}

function setKeys(on) {
  keysOn = on;
  try {
    localStorage.setItem(KEYS, on ? 'on' : 'off');
  } catch {
    canStore = false;
  }
}
