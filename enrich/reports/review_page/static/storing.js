// Decisions, kept in this browser under the plan's id, and the way back.

const STORE = `enrich-review:${data.plan}`;
const decisions = new Map(); // key of a change → accepted, rejected or skipped; open ones are not in it
const undone = []; // lists of [change, state before]
const listeners = [];
let canStore = true;
let isExported = true;

function stateOf(change) {
  return decisions.get(change.key) ?? 'open';
}

function put(change, state) {
  if (state === 'open') decisions.delete(change.key);
  else decisions.set(change.key, state);
}

function remembered() {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? '{}');
  } catch {
    canStore = false;
    return {};
  }
}

function load() {
  decisions.clear();
  for (const [key, state] of Object.entries(remembered())) {
    if (byKey.has(key) && STATES.includes(state)) decisions.set(key, state);
  }
}

function save() {
  try {
    localStorage.setItem(STORE, JSON.stringify(Object.fromEntries(decisions)));
    canStore = true;
  } catch {
    canStore = false;
  }
  isExported = decisions.size === 0;
  listeners.forEach((listen) => listen());
}

// Give *chosen* changes a *state*; how many that were. Of rivals one is accepted at a time.
function decide(chosen, state, { overRivals = true } = {}) {
  const before = new Map();
  const set = (change, to) => {
    if (!before.has(change)) before.set(change, stateOf(change));
    put(change, to);
  };
  for (const change of chosen.filter(hasChange)) {
    const group = groupOf(change);
    const rivals = state === 'accepted' ? group.flatMap(rivalsOf).filter((rival) => stateOf(rival) === 'accepted') : [];
    if (rivals.length && !overRivals) continue;
    rivals.flatMap(groupOf).forEach((rival) => set(rival, 'open'));
    group.forEach((member) => set(member, state));
  }
  if (before.size) undone.push([...before]);
  save();
  return before.size;
}

// Take the last decision back: its changes, the first of which is the one to look at.
function undo() {
  const last = undone.pop();
  if (!last) return [];
  last.forEach(([change, state]) => put(change, state));
  save();
  return last.map(([change]) => change);
}
