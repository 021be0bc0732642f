// Elements, and text made harmless: only text nodes, never markup.

function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name === 'on') for (const [event, action] of Object.entries(value)) element.addEventListener(event, action);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

function count(number, noun) {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

// Characters that can't be seen, or that change the order in which others are.
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// Nodes that show *text*, what can't be seen as its code point.
function shown(text) {
  const nodes = [];
  let done = 0;
  for (const found of text.matchAll(UNSEEN)) {
    if (found.index > done) nodes.push(document.createTextNode(text.slice(done, found.index)));
    const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, '0');
    nodes.push(make('span', { class: 'unseen' }, `U+${code}`));
    done = found.index + found[0].length;
  }
  if (done < text.length) nodes.push(document.createTextNode(text.slice(done)));
  return nodes;
}

function plain(text) {
  return text.replace(UNSEEN, (char) => `U+${char.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`);
}

// *text* of the program's own, in which backticks enclose what stands in a file.
function prose(text) {
  return text.split(/`([^`]+)`/).flatMap((part, at) => (at % 2 ? [make('code', {}, ...shown(part))] : shown(part)));
}

// The address that *text* is, if a browser may be sent there.
function address(text) {
  if (typeof text !== 'string' || !/^https?:\/\//i.test(text)) return null;
  try {
    const url = new URL(text);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}

function outward(url, label) {
  return make('a', { href: url, rel: 'noreferrer noopener', target: '_blank', title: plain(url) }, ...shown(label));
}
