// One change as a person meets it: what would be written, and why.

const CONTEXT = 2;

// Rows of a diff: [mark, number of the old line, runs of [text, differs]]; a null is a gap.
function diffRows(before, after, context) {
  const [old, made] = [linesOf(before), linesOf(after)];
  const rows = [];
  let done = 0;
  const same = (from, to) => {
    for (let at = from; at < to; at++) rows.push([' ', at + 1, [[old[at], false]]]);
  };
  for (const hunk of hunksOf(changedBlocks(old, made), context)) {
    const start = Math.max(hunk[0][0] - context, 0);
    if (start > done) rows.push(null);
    done = start;
    for (const [from, to, newFrom, newTo] of hunk) {
      same(done, from);
      const [gone, come] =
        from < to && newFrom < newTo
          ? wordDifference(old.slice(from, to).join(''), made.slice(newFrom, newTo).join(''))
          : [[[old.slice(from, to).join(''), false]], [[made.slice(newFrom, newTo).join(''), false]]];
      inLines(gone).forEach((runs, at) => rows.push(['-', from + at + 1, runs]));
      inLines(come).forEach((runs) => rows.push(['+', null, runs]));
      done = to;
    }
    same(done, Math.min(done + context, old.length));
    done = Math.min(done + context, old.length);
  }
  if (done < old.length && context !== Infinity) rows.push(null);
  return rows;
}

// Runs cut at line breaks.
function inLines(runs) {
  const lines = [[]];
  for (const [text, differs] of runs) {
    for (const line of linesOf(text)) {
      lines.at(-1).push([line, differs]);
      if (line.endsWith('\n')) lines.push([]);
    }
  }
  return lines.filter((line) => line.length);
}

// Rows around line *line* of *text*, where nothing changes.
function placeRows(text, line, context) {
  const lines = linesOf(text);
  if (line > lines.length) return [];
  const [from, to] = [Math.max(line - 1 - context, 0), Math.min(line + context, lines.length)];
  const rows = lines.slice(from, to).map((content, at) => [from + at + 1 === line ? '!' : ' ', from + at + 1, [[content, false]]]);
  return [...(from > 0 ? [null] : []), ...rows, ...(to < lines.length ? [null] : [])];
}

const MARKS = { ' ': 'same', '-': 'gone', '+': 'come', '!': 'meant' };

function diffTable(change, context) {
  const rows = hasChange(change)
    ? diffRows(change.entry.text, textOf(change.entry, [change]), context)
    : placeRows(change.entry.text, change.line, context);
  const body = rows.map((row) => {
    if (!row) return make('tr', { class: 'gap' }, make('td', {}), make('td', {}), make('td', {}, '⋯'));
    const [mark, number, runs] = row;
    const cells = runs.flatMap(([text, differs]) => {
      const nodes = shown(text.replace(/\r?\n$/, ''));
      return differs && nodes.length ? [make(mark === '-' ? 'del' : 'ins', {}, ...nodes)] : nodes;
    });
    const said = { '-': 'removed', '+': 'added', '!': 'meant' }[mark];
    return make(
      'tr', { class: MARKS[mark] },
      make('td', { class: 'number' }, number === null ? '' : `${number}`),
      make('td', { class: 'mark' }, mark, said ? make('span', { class: 'unheard' }, ` ${said}`) : ''),
      make('td', { class: 'line' }, make('bdi', { dir: 'ltr' }, ...cells)),
    );
  });
  return make('table', { class: 'diff' }, make('caption', { class: 'unheard' }, `Lines of ${plain(change.entry.path)}`), make('tbody', {}, ...body));
}

function compared(label, runs, tag) {
  const words = runs.flatMap(([text, differs]) => (differs ? [make(tag, {}, ...shown(text))] : shown(text)));
  return [make('dt', {}, label), make('dd', {}, make('bdi', {}, ...words))];
}

// The titles of entry and record, one above the other.
function titles(title, other) {
  if (title === other) return make('dl', {}, ...compared('both', [[title, false]], 'ins'));
  const [old, made] = wordDifference(title, other);
  return make('dl', {}, ...compared('entry', old, 'del'), ...compared('record', made, 'ins'));
}

function evidencePanel(change) {
  const { source, title } = change.entry;
  const panel = make('div', { class: 'why' });
  const sure = hasChange(change) ? `confidence ${change.confidence.toFixed(2)}` : '';
  panel.append(make('p', { class: 'sure' }, make('b', {}, ...prose(change.title)),
    make('span', {}, ...shown([change.source, change.retrieved, sure].filter(Boolean).join(', ')))));
  const isCompared = Boolean(source?.title && title);
  if (isCompared) panel.append(titles(title, source.title));
  const clauses = change.evidence.filter((clause) => !isCompared || !clause.includes(`“${source.title}”`));
  if (clauses.length) panel.append(make('ul', {}, ...clauses.map((clause) => make('li', {}, ...prose(clause)))));
  const links = [
    [source && address(source.url), source?.name],
    [address(change.after), 'new address'],
    [address(change.before), hasChange(change) ? 'old address' : 'address'],
  ].filter(([url]) => url);
  if (links.length) panel.append(make('ul', { class: 'links' }, ...links.map(([url, label]) => make('li', {}, outward(url, label)))));
  return panel;
}

// The card of *change*, at *place* of *total* that are shown.
function cardOf(change, place, total, act) {
  const { entry } = change;
  const heading = `change-${change.number}`;
  let context = CONTEXT;
  const holder = make('div', { class: 'lines' }, diffTable(change, context));
  const more = make('button', { type: 'button', class: 'quiet', 'aria-expanded': 'false', on: { click: () => {
    context = context === CONTEXT ? Infinity : CONTEXT;
    more.setAttribute('aria-expanded', String(context === Infinity));
    holder.classList.toggle('whole', context === Infinity);
    holder.replaceChildren(diffTable(change, context));
  } } }, 'Whole front matter');
  const button = (state, label, key) =>
    make('button', { type: 'button', class: state, 'data-state': state, 'aria-pressed': 'false', title: `${label} (${key})`,
      on: { click: () => act(change, state) } }, label);
  const card = make(
    'article', { class: 'card', tabindex: '-1', 'aria-labelledby': heading, 'data-number': change.number },
    make('div', { class: 'head' },
      make('h2', { id: heading }, make('bdi', {}, ...shown(entry.title || entry.path))),
      make('p', { class: 'about' },
        make('span', { class: `kind ${KINDS[change.kind]}` }, KINDS[change.kind]),
        make('span', { class: 'rule' }, `${change.rule} `, data.rules[change.rule] ?? ''),
        make('code', { class: 'field' }, ...shown(change.field)),
        make('span', { class: 'path' }, make('bdi', { dir: 'ltr' }, ...shown(entry.path)), `:${change.line}`)),
      make('p', { class: 'place' }, `${(place + 1).toLocaleString('en')} of ${total.toLocaleString('en')}`)),
    make('p', { class: 'message' }, ...prose(change.message)),
    make('div', { class: 'body' }, holder, evidencePanel(change),
      make('div', { class: 'answer' },
        ...(hasChange(change) ? [button('accepted', 'Accept', 'a'), button('rejected', 'Reject', 'r'), button('skipped', 'Skip', 'x')] : []),
        make('p', { class: 'rival' }), more)),
  );
  refreshCard(card, change);
  return card;
}

function refreshCard(card, change) {
  if (!hasChange(change)) return;
  const state = stateOf(change);
  card.dataset.state = state;
  for (const button of card.querySelectorAll('[data-state][aria-pressed]')) {
    button.setAttribute('aria-pressed', String(button.dataset.state === state));
  }
  const others = groupOf(change).filter((other) => other !== change).map((other) => other.field);
  const together = others.length ? `Decided together with ${plain(others.join(', '))}. ` : '';
  const rival = rivalsOf(change).find((other) => stateOf(other) === 'accepted');
  card.querySelector('.rival').textContent = together + (rival ? `Another change of this place (${rival.id}) is accepted; accepting this one takes that back.` : '');
}
