// The run in numbers, as tables that are drawn: what a bar shows is also written in its row.

const LINK_SHADES = { ok: 'good', moved: 'fair', redirected: 'fair', broken: 'bad', unverified: 'dim', excluded: 'faint', unsupported: 'faint', unknown: 'faint' };
const MOST_ROWS = 12;

// *rows*: [label, Map of part → number]; *shades*: part → class.
function barTable(caption, rows, shades) {
  const parts = Object.keys(shades).filter((part) => rows.some(([, numbers]) => numbers.get(part)));
  const total = ([, numbers]) => [...numbers.values()].reduce((sum, number) => sum + number, 0);
  const most = Math.max(1, ...rows.map(total));
  const head = make('tr', {}, make('th', { scope: 'col' }, caption.column), make('td', { class: 'bars', 'aria-hidden': 'true' }),
    ...parts.map((part) => make('th', { scope: 'col', class: 'part' }, make('span', { class: `swatch ${shades[part]}`, 'aria-hidden': 'true' }), part)));
  const body = rows.map((row) => {
    const [label, numbers] = row;
    const bar = make('div', { class: 'bar' });
    for (const part of parts) {
      const number = numbers.get(part) ?? 0;
      if (!number) continue;
      const piece = make('span', { class: shades[part] });
      piece.style.width = `${(100 * number) / most}%`;
      bar.append(piece);
    }
    return make('tr', {}, make('th', { scope: 'row' }, ...shown(label)), make('td', { class: 'bars', 'aria-hidden': 'true' }, bar),
      ...parts.map((part) => make('td', { class: 'part' }, numbers.get(part) ? numbers.get(part).toLocaleString('en') : '')));
  });
  return make('div', { class: 'picture', role: 'group', tabindex: '0', 'aria-label': caption.text }, make('table', {}, make('caption', {}, caption.text), make('thead', {}, head), make('tbody', {}, ...body)));
}

// *triples* of row, part and number, as rows; the largest first, what is beyond `MOST_ROWS` together.
function rowsOf(triples, { bySize }) {
  const rows = new Map();
  for (const [label, part, number] of triples) {
    const numbers = rows.get(label) ?? rows.set(label, new Map()).get(label);
    numbers.set(part, (numbers.get(part) ?? 0) + number);
  }
  const total = (numbers) => [...numbers.values()].reduce((sum, number) => sum + number, 0);
  const sorted = [...rows].sort((one, other) => (bySize ? total(other[1]) - total(one[1]) : 0) || byText(one[0], other[0]));
  if (!bySize || sorted.length <= MOST_ROWS) return sorted;
  const rest = new Map();
  for (const [, numbers] of sorted.slice(MOST_ROWS)) for (const [part, number] of numbers) rest.set(part, (rest.get(part) ?? 0) + number);
  return [...sorted.slice(0, MOST_ROWS), [`${(sorted.length - MOST_ROWS).toLocaleString('en')} others`, rest]];
}

function pictures() {
  const tables = [
    barTable({ text: 'Changes by rule', column: 'rule' },
      rowsOf(decidable.map((change) => [`${change.rule} ${data.rules[change.rule] ?? ''}`, stateOf(change), 1]), { bySize: true }),
      { accepted: 'good', rejected: 'bad', skipped: 'fair', open: 'dim' }),
  ];
  if (data.links.length) {
    tables.push(barTable({ text: 'Links by host', column: 'host' }, rowsOf(data.links.map(([host, ...rest]) => [host || 'no host', ...rest]), { bySize: true }), LINK_SHADES));
  }
  if (data.years.length) {
    tables.push(barTable({ text: 'Entries by year', column: 'year' },
      rowsOf(data.years.map(([year, ...rest]) => [year || 'no year', ...rest]), { bySize: false }),
      { 'no change': 'faint', safe: 'good', 'to review': 'fair' }));
  }
  return tables;
}
