// The search and the filters beside the list.

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
