// Answers and keys, and the page put together.

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
  if (!change || !hasChange(change)) return step(1);
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

// -- keys -------------------------------------------------------------------------------------------

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
