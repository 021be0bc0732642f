// Which changes are shown: ticked filters, tokens and words of the search.

const FACETS = [
  { name: 'state', label: 'State', of: stateOf, order: STATES },
  { name: 'kind', label: 'Kind', of: (change) => KINDS[change.kind], order: KINDS.filter((kind, at) => changes.some((change) => change.kind === at)) },
  { name: 'rule', label: 'Rule', of: (change) => change.rule },
  { name: 'field', label: 'Field', of: (change) => change.plainField },
  { name: 'host', label: 'Host', of: (change) => change.host || 'no address' },
];
const ticked = new Map(FACETS.map((facet) => [facet.name, new Set()]));

function asText(value) {
  return typeof value === 'string' ? value : value === null ? '' : JSON.stringify(value);
}

for (const change of changes) {
  change.plainField = change.field.replace(/\[\d+\]/g, '[]');
}

let haystacks = null;

// Made at the first search, for the first sight of the page must not wait for it.
function haystackOf(change) {
  haystacks ??= changes.map((one) =>
    [one.entry.path, one.entry.title, one.rule, data.rules[one.rule] ?? '', one.field, one.message, one.source, one.id,
      asText(one.before), asText(one.after), ...one.edits.filter((part) => typeof part === 'string')].join('\n').toLowerCase(),
  );
  return haystacks[change.number];
}

const TOKENS = {
  r: (change, text) => change.rule.toLowerCase().startsWith(text) || (data.rules[change.rule] ?? '').includes(text),
  h: (change, text) => change.host.includes(text),
  f: (change, text) => change.field.toLowerCase().includes(text),
  p: (change, text) => change.entry.path.toLowerCase().includes(text),
  s: (change, text) => stateOf(change).startsWith(text),
  k: (change, text) => KINDS[change.kind].startsWith(text),
};

// Tests that a change must pass, one for each word of *query*; quotes hold words together.
function testsOf(query) {
  const tests = [];
  for (const [, minus, letter, quoted, bare] of query.toLowerCase().matchAll(/(-?)(?:([rhfpsk]):)?(?:"([^"]*)"?|(\S+))/g)) {
    const text = quoted ?? bare;
    if (!text) continue;
    const holds = letter ? (change) => TOKENS[letter](change, text) : (change) => haystackOf(change).includes(text);
    tests.push(minus ? (change) => !holds(change) : holds);
  }
  return tests;
}

function isTicked(change, facet) {
  const chosen = ticked.get(facet.name);
  return chosen.size === 0 || chosen.has(facet.of(change));
}

// Changes that are shown, in order, and how many each value of each facet would show.
function search(query) {
  const tests = testsOf(query);
  const counts = new Map(FACETS.map((facet) => [facet.name, new Map()]));
  const found = [];
  for (const change of inOrder) {
    const failed = FACETS.filter((facet) => !isTicked(change, facet));
    if (failed.length > 1 || !tests.every((test) => test(change))) continue;
    if (!failed.length) found.push(change);
    for (const facet of failed.length ? failed : FACETS) {
      const numbers = counts.get(facet.name);
      const value = facet.of(change);
      numbers.set(value, (numbers.get(value) ?? 0) + 1);
    }
  }
  return { found, counts };
}
