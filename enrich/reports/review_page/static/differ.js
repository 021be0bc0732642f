// Diffs as Python's difflib makes them (without its junk), so that a patch is the one that the program writes.

// Longest run that *a* and *b* share between the given bounds: [start in a, start in b, length].
function longestMatch(a, places, alo, ahi, blo, bhi) {
  let best = [alo, blo, 0];
  let ending = new Map();
  for (let i = alo; i < ahi; i++) {
    const next = new Map();
    for (const j of places.get(a[i]) ?? []) {
      if (j < blo) continue;
      if (j >= bhi) break;
      const length = (ending.get(j - 1) ?? 0) + 1;
      next.set(j, length);
      if (length > best[2]) best = [i - length + 1, j - length + 1, length];
    }
    ending = next;
  }
  return best;
}

// Where *a* and *b* differ: [start in a, end in a, start in b, end in b].
function differences(a, b) {
  const places = new Map();
  b.forEach((item, j) => (places.has(item) ? places.get(item).push(j) : places.set(item, [j])));
  const matches = [];
  const waiting = [[0, a.length, 0, b.length]];
  while (waiting.length) {
    const [alo, ahi, blo, bhi] = waiting.pop();
    const [i, j, length] = longestMatch(a, places, alo, ahi, blo, bhi);
    if (!length) continue;
    matches.push([i, j, length]);
    if (alo < i && blo < j) waiting.push([alo, i, blo, j]);
    if (i + length < ahi && j + length < bhi) waiting.push([i + length, ahi, j + length, bhi]);
  }
  matches.sort((one, other) => one[0] - other[0]);
  const found = [];
  let [i, j] = [0, 0];
  for (const [start, newStart, length] of [...matches, [a.length, b.length, 0]]) {
    if (i < start || j < newStart) found.push([i, start, j, newStart]);
    [i, j] = [start + length, newStart + length];
  }
  return found;
}

function common(a, b) {
  let number = 0;
  while (number < a.length && number < b.length && a[number] === b[number]) number++;
  return number;
}

// Lines with their breaks, as a patch counts them: by LF alone.
function linesOf(text) {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

// Blocks of lines that differ; only what is between the first and the last of them is compared.
function changedBlocks(old, made) {
  const ahead = common(old, made);
  const behind = common(old.slice(ahead).reverse(), made.slice(ahead).reverse());
  return differences(old.slice(ahead, old.length - behind), made.slice(ahead, made.length - behind)).map((block) =>
    block.map((place) => place + ahead),
  );
}

// Blocks whose contexts meet share a hunk.
function hunksOf(blocks, context) {
  const hunks = [];
  for (const block of blocks) {
    const last = hunks.at(-1);
    if (last && block[0] - last.at(-1)[1] <= 2 * context) last.push(block);
    else hunks.push([block]);
  }
  return hunks;
}

function range(start, end) {
  const length = end - start;
  return length === 1 ? `${start + 1}` : `${start + (length ? 1 : 0)},${length}`;
}

// The hunks of a patch from *before* to *after*.
function patchOf(before, after, context) {
  const [old, made] = [linesOf(before), linesOf(after)];
  const rows = [];
  for (const hunk of hunksOf(changedBlocks(old, made), context)) {
    const [first, last] = [hunk[0], hunk.at(-1)];
    const ahead = Math.min(context, first[0]);
    const behind = Math.min(context, old.length - last[1]);
    let done = first[0] - ahead;
    rows.push(`@@ -${range(done, last[1] + behind)} +${range(first[2] - ahead, last[3] + behind)} @@\n`);
    for (const [start, end, newStart, newEnd] of hunk) {
      rows.push(...old.slice(done, start).map((line) => ` ${line}`));
      rows.push(...old.slice(start, end).map((line) => `-${line}`));
      rows.push(...made.slice(newStart, newEnd).map((line) => `+${line}`));
      done = end;
    }
    rows.push(...old.slice(done, last[1] + behind).map((line) => ` ${line}`));
  }
  return rows.map((row) => (row.endsWith('\n') ? row : `${row}\n\\ No newline at end of file\n`)).join('');
}

// *before* and *after* cut into words: [[text, differs], …] for each.
function wordDifference(before, after) {
  const cut = (text) => text.match(/[\p{L}\p{M}]+|\p{N}+|\s+|[^\p{L}\p{N}\p{M}\s]/gu) ?? [];
  const [old, made] = [cut(before), cut(after)];
  const [oldRuns, newRuns] = [[], []];
  let [i, j] = [0, 0];
  const put = (runs, words, differs) => words.length && runs.push([words.join(''), differs]);
  for (const [start, end, newStart, newEnd] of differences(old, made)) {
    put(oldRuns, old.slice(i, start), false);
    put(newRuns, made.slice(j, newStart), false);
    put(oldRuns, old.slice(start, end), true);
    put(newRuns, made.slice(newStart, newEnd), true);
    [i, j] = [end, newEnd];
  }
  put(oldRuns, old.slice(i), false);
  put(newRuns, made.slice(j), false);
  return [oldRuns, newRuns];
}
