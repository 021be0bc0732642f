// What leaves the page: a patch as the program writes it, and decisions for `enrich review --import`.

function patchText() {
  let text = '';
  for (const entry of entries) {
    const accepted = entry.changes.filter((change) => stateOf(change) === 'accepted');
    if (!accepted.length) continue;
    const hunks = patchOf(entry.text, textOf(entry, accepted), 1);
    text += accepted.map((change) => `# ${change.id} ${change.about}\n`).join('');
    if (hunks) text += `--- ${entry.names[0]}\n+++ ${entry.names[1]}\n${hunks}`;
  }
  return text;
}

function decisionsText() {
  const decided = changes.filter((change) => ['accepted', 'rejected'].includes(stateOf(change)));
  const rows = decided.map((change) => ({
    id: change.id, verdict: stateOf(change), path: change.entry.path, field: change.field, rule: change.rule,
    before: change.before, after: change.after, why: change.why,
  }));
  return JSON.stringify({ version: 1, plan: data.plan, decisions: rows }, null, 1) + '\n';
}

// UTF-8, and the bytes of a file that are none: Python reads those as lone surrogates U+DC80 to U+DCFF.
function bytesOf(text) {
  const encoder = new TextEncoder();
  const parts = text.split(/((?<![\ud800-\udbff])[\udc80-\udcff])/);
  return new Blob(parts.map((part, at) => (at % 2 ? new Uint8Array([part.charCodeAt(0) - 0xdc00]) : encoder.encode(part))));
}

function download(name, text) {
  const url = URL.createObjectURL(bytesOf(text));
  make('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
