// The page: header, filters, fifty cards, and the keys.

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

// -- header ----------------------------------------------------------------------------------

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
      make('p', {}, `${count(changes.length, 'change')} in ${count(entries.filter((entry) => entry.changes.length).length, 'file')}, plan `, make('code', {}, data.plan))),
    make('div', { class: 'standing' }, progress, numbers),
    make('div', { class: 'tools' }, undoButton, button('Keys and help', () => help.showModal()),
      make('span', { class: 'out' }, make('span', {}, 'Save'), decisionsButton, patchButton)),
  );
  document.getElementById('columns').before(notice, help);
}

function refreshHeader() {
  const states = new Map(STATES.map((state) => [state, 0]));
  for (const change of changes) states.set(stateOf(change), states.get(stateOf(change)) + 1);
  const parts = ['accepted', 'rejected', 'skipped'].map((state) => {
    const piece = make('span', { class: state });
    piece.style.width = `${(100 * states.get(state)) / Math.max(1, changes.length)}%`;
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
    ['p:2024', 'path'], ['s:open', 'state: open, accepted, rejected, skipped'], ['k:unsafe', 'kind: safe, unsafe'],
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

// -- filters ---------------------------------------------------------------------------------

const box = make('input', { type: 'search', id: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'Search, or r: h: f: p: s: k:' });
const facetLists = new Map(FACETS.map((facet) => [facet.name, make('ul', {})]));

function buildFilters() {
  box.addEventListener('input', () => filter());
  const clear = button('Clear', () => {
    box.value = '';
    ticked.forEach((values) => values.clear());
    filter();
  }, { class: 'quiet' });
  filters.append(make('div', { class: 'search' }, make('label', { for: 'search', class: 'unheard' }, 'Search the changes'), box, clear));
  const holder = make('div', { class: 'facets' });
  for (const facet of FACETS) {
    holder.append(make('fieldset', {}, make('legend', {}, facet.label), facetLists.get(facet.name)));
  }
  const narrow = matchMedia('(max-width: 900px)');
  const details = make('details', { class: 'drawer', open: !narrow.matches }, make('summary', {}, 'Filters'), holder);
  narrow.addEventListener('change', () => (details.open = !narrow.matches));
  filters.append(details);
}

function refreshFacets(counts) {
  for (const facet of FACETS) {
    const found = counts.get(facet.name);
    const chosen = ticked.get(facet.name);
    const values = new Set([...found.keys(), ...chosen]);
    const order = facet.order ?? [...values].sort((one, other) => (found.get(other) ?? 0) - (found.get(one) ?? 0) || byText(one, other));
    const list = facetLists.get(facet.name);
    const held = document.activeElement?.closest('#filters ul') === list ? document.activeElement.value : null;
    list.replaceChildren(...order.filter((value) => values.has(value) || facet.order).slice(0, 40).map((value) => {
      const tick = make('input', { type: 'checkbox', value });
      tick.checked = chosen.has(value);
      tick.addEventListener('change', () => {
        if (tick.checked) chosen.add(value);
        else chosen.delete(value);
        filter();
      });
      const name = facet.name === 'rule' ? `${value} ${data.rules[value] ?? ''}` : value;
      return make('li', {}, make('label', {}, tick, make('span', { class: 'value' }, ...shown(name)), make('span', { class: 'count' }, (found.get(value) ?? 0).toLocaleString('en'))));
    }));
    if (held !== null) [...list.querySelectorAll('input')].find((tick) => tick.value === held)?.focus();
  }
}

function filter() {
  performance.mark('search-begins');
  const { found, counts } = search(box.value);
  shownChanges = found;
  page = 0;
  current = null;
  performance.measure('search', 'search-begins');
  refreshFacets(counts);
  refreshList();
  performance.measure('search and show', 'search-begins');
  say(`${count(found.length, 'change')} shown.`);
}

// -- list ------------------------------------------------------------------------------------

const list = make('div', { class: 'list' });
const bar = make('div', { class: 'bar-of-list' });
const pager = make('nav', { class: 'pager', 'aria-label': 'Pages' });
const pictureBox = make('div', { class: 'pictures' });
const pictureDetails = make('details', { class: 'overview' }, make('summary', {}, 'The run in numbers'), pictureBox);

function buildMain() {
  pictureDetails.addEventListener('toggle', refreshPictures);
  main.append(pictureDetails, bar, list, pager);
}

function refreshPictures() {
  if (pictureDetails.open) pictureBox.replaceChildren(...pictures());
}

function pages() {
  return Math.max(1, Math.ceil(shownChanges.length / PER_PAGE));
}

function refreshList() {
  const start = page * PER_PAGE;
  const cards = shownChanges.slice(start, start + PER_PAGE).map((change, at) => cardOf(change, start + at, shownChanges.length, act));
  list.replaceChildren(...(cards.length ? cards : [make('p', { class: 'nothing' }, changes.length ? 'No change passes these filters.' : 'Nothing waits for a decision.')]));
  refreshBar();
}

function refreshBar() {
  const left = shownChanges.filter((change) => ['open', 'skipped'].includes(stateOf(change))).length;
  const all = (state, label) => button(`${label} all shown (${left.toLocaleString('en')})`, () => decideShown(state), { class: state, disabled: !left });
  const word = shownChanges.length === changes.length ? 'all' : `of ${changes.length.toLocaleString('en')}`;
  bar.replaceChildren(make('p', {}, make('b', {}, `${shownChanges.length.toLocaleString('en')} shown`), ` ${word}`), all('accepted', 'Accept'), all('rejected', 'Reject'));
  const last = pages() - 1;
  pager.replaceChildren(
    button('Previous', () => turn(page - 1), { disabled: page === 0 }),
    make('span', {}, `Page ${(page + 1).toLocaleString('en')} of ${(last + 1).toLocaleString('en')}`),
    button('Next', () => turn(page + 1), { disabled: page === last }),
  );
}

function turn(to, at = 0) {
  page = Math.min(Math.max(to, 0), pages() - 1);
  refreshList();
  const cards = list.querySelectorAll('.card');
  select(cards[at < 0 ? cards.length - 1 : at]);
}

function select(card) {
  if (!card) return;
  current?.removeAttribute('aria-current');
  current = card;
  card.setAttribute('aria-current', 'true');
  card.focus({ preventScroll: true });
  card.scrollIntoView({ block: 'nearest' });
}

function step(by) {
  const cards = [...list.querySelectorAll('.card')];
  const at = cards.indexOf(current);
  if (at < 0) return select(cards[0]);
  if (cards[at + by]) return select(cards[at + by]);
  const to = page + by;
  if (to >= 0 && to < pages()) turn(to, by < 0 ? -1 : 0);
}

// -- decisions -------------------------------------------------------------------------------

function changeOf(card) {
  return card ? changes[Number(card.dataset.number)] : null;
}

// The answer *state* for one change; the same again takes it back to open.
function act(change, state) {
  const to = stateOf(change) === state ? 'open' : state;
  decide([change], to);
  say(`${plain(change.field)}: ${to}.`);
}

function answer(state) {
  const change = changeOf(current);
  if (!change) return step(1);
  if (stateOf(change) !== state) decide([change], state);
  say(`${plain(change.field)}: ${state}.`);
  step(1);
}

function decideShown(state) {
  const chosen = shownChanges.filter((change) => ['open', 'skipped'].includes(stateOf(change)));
  const number = decide(chosen, state, { overRivals: false });
  say(`${count(number, 'change')} ${state}. Undo takes that back.`);
}

function takeBack() {
  const taken = undo();
  if (!taken.length) return say('Nothing to undo.');
  say(`${count(taken.length, 'answer')} taken back.`);
  const at = shownChanges.indexOf(taken[0]);
  if (taken.length > 1 || at < 0) return;
  if (Math.floor(at / PER_PAGE) !== page) turn(Math.floor(at / PER_PAGE), at % PER_PAGE);
  else select(list.querySelectorAll('.card')[at % PER_PAGE]);
}

function refresh() {
  for (const card of list.querySelectorAll('.card')) refreshCard(card, changeOf(card));
  refreshHeader();
  refreshBar();
  refreshFacets(search(box.value).counts);
  refreshPictures();
}

// -- keys ------------------------------------------------------------------------------------

const ACTIONS = {
  j: () => step(1), k: () => step(-1), a: () => answer('accepted'), r: () => answer('rejected'), x: () => answer('skipped'),
  u: takeBack, '/': () => (box.focus(), box.select()), '?': () => help.showModal(),
};

document.addEventListener('keydown', (event) => {
  const inText = event.target.matches('input[type=search], input[type=text], textarea');
  if (inText && event.key === 'Escape') return select(current ?? list.querySelector('.card'));
  if (!keysOn || inText || help.open || event.ctrlKey || event.metaKey || event.altKey) return;
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

main.addEventListener('focusin', (event) => {
  const card = event.target.closest('.card');
  if (card && card !== current) {
    current?.removeAttribute('aria-current');
    current = card;
    card.setAttribute('aria-current', 'true');
  }
});

addEventListener('storage', (event) => {
  if (event.key !== STORE) return;
  load();
  refresh();
});
addEventListener('beforeunload', (event) => {
  if (!canStore && !isExported) event.preventDefault();
});

load();
buildHeader();
buildFilters();
buildMain();
refreshHeader();
refreshFacets(search('').counts);
refreshList();
listeners.push(refresh);
try {
  if (localStorage.getItem(KEYS) === 'off') document.getElementById('keys-on').click();
} catch {
  canStore = false;
  refreshHeader();
}
performance.mark('ready');
if (changes.length) (window.requestIdleCallback ?? setTimeout)(() => haystackOf(changes[0]));
