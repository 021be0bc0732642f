// What the page was made with, and how the text of an entry is put together.

const data = JSON.parse(document.getElementById('data').textContent);
const KINDS = ['safe', 'unsafe', 'none'];
const STATES = ['open', 'accepted', 'rejected', 'skipped'];

const entries = data.entries.map(([path, names, title, source, text, rivals, meetings, groups]) => ({
  path, names, title, text, rivals, meetings, groups, changes: [],
  source: source && { name: source[0], title: source[1], url: source[2] },
}));

const changes = data.changes.map((row, number) => {
  const [entry, rank, id, rule, field, kind, before, after, source, confidence, title, message, evidence, why, about, host, retrieved, line, edits] = row;
  const word = (at) => data.strings[at];
  const change = {
    number, rank, id, before, after, confidence, retrieved, line, edits, kind,
    entry: entries[entry], rule: word(rule), field: word(field), source: word(source), title: word(title),
    message: word(message), evidence: evidence.map(word), why: word(why), about: word(about), host: word(host),
  };
  change.entry.changes.push(change);
  return change;
});

// A finding that has no change is shown among the changes, and there is nothing to decide about it.
const hasChange = (change) => KINDS[change.kind] !== 'none';
const decidable = changes.filter(hasChange);

// Ids have eight digits, and two changes of a large catalogue may share one.
const byKey = new Map();
for (const change of decidable) {
  let key = change.id;
  for (let again = 1; byKey.has(key); again++) key = `${change.id}.${again}`;
  change.key = key;
  byKey.set(key, change);
}

const byText = (one, other) => (one < other ? -1 : one > other ? 1 : 0);

// As people go through them: by rule, host, file.
const inOrder = [...changes].sort(
  (one, other) =>
    byText(one.rule, other.rule) || byText(one.host, other.host) ||
    byText(one.entry.path, other.entry.path) || one.number - other.number,
);

// *change* and what is decided with it: short authors follow the authors.
function groupOf(change) {
  const ranks = change.entry.groups.find((members) => members.includes(change.rank)) ?? [change.rank];
  return change.entry.changes.filter((other) => ranks.includes(other.rank));
}

// What can't be made together with *change*.
function rivalsOf(change) {
  const ranks = change.entry.rivals.filter((pair) => pair.includes(change.rank)).flat();
  return change.entry.changes.filter((other) => other !== change && ranks.includes(other.rank));
}

// The edits that make *accepted* of one entry: [rank, start, end, text], in order.
function editsOf(entry, accepted) {
  const left = new Map(accepted.map((change) => [change.rank, change]));
  const parts = [];
  const take = (flat, size, put) => {
    for (let at = 0; at < flat.length; at += size) parts.push(put(flat.slice(at, at + size)));
  };
  for (const [members, choices] of entry.meetings) {
    const here = members.filter((member) => left.has(member));
    if (!here.length) continue;
    const [, needed] = choices.find(([chosen]) => String(chosen) === String(here));
    take(needed, 4, (part) => part);
    here.forEach((member) => left.delete(member));
  }
  for (const change of left.values()) take(change.edits, 3, (part) => [change.rank, ...part]);
  return parts.sort((one, other) => one[1] - other[1] || one[2] - other[2] || one[0] - other[0]);
}

// The front matter of *entry* with *accepted* made.
function textOf(entry, accepted) {
  let [text, done] = ['', 0];
  for (const [, start, end, replacement] of editsOf(entry, accepted)) {
    text += entry.text.slice(done, start) + replacement;
    done = end;
  }
  return text + entry.text.slice(done);
}
