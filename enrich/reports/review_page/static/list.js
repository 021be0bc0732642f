// Fifty cards, what they are together, and the way from one to the next.

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
  const left = shownChanges.filter((change) => hasChange(change) && ['open', 'skipped'].includes(stateOf(change))).length;
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
