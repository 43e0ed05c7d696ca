// Markdown to blocks of safe HTML. A model's text is hostile: HTML in it is text, pictures are links, and what comes out
// is sanitised once more.
//
// A block is rendered once: a stream that grows changes its last block only.
import DOMPurify from 'dompurify';
import MarkdownIt from 'markdown-it';

export type Block = { kind: 'html'; html: string } | { kind: 'code'; language: string; text: string };

// Over these, text is shown as it is: to lay it out would freeze the page.
const kMaxLength = 100_000;
const kMaxLine = 20_000;
const kMaxCells = 5_000;
const kMaxKept = 500;

const kTags = [
  'a', 'b', 'blockquote', 'br', 'code', 'del', 'div', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'li', 'ol', 'p', 'pre', 's',
  'strong', 'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
];

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: false, maxNesting: 40 });
markdown.disable('image');
// Styles are no part of it: a column's side is a class.
markdown.core.ruler.push('sides', (state) => {
  for (const token of state.tokens) {
    const side = /^text-align:(left|right|center)$/.exec(String(token.attrGet('style') ?? ''))?.[1];
    if (side === undefined) continue;
    token.attrs = (token.attrs ?? []).filter(([name]) => name !== 'style');
    token.attrSet('class', `side-${side}`);
  }
});

const purify = DOMPurify(window);
purify.addHook('afterSanitizeAttributes', (node) => {
  if (node.tagName !== 'A') return;
  node.setAttribute('target', '_blank');
  node.setAttribute('rel', 'noopener noreferrer');
});

export function sanitise(html: string): string {
  return purify.sanitize(html, { ALLOWED_TAGS: kTags, ALLOWED_ATTR: ['href', 'title', 'start', 'class'], ALLOW_DATA_ATTR: false });
}

export function isTooMuch(text: string): boolean {
  if (text.length > kMaxLength) return true;
  let cells = 0;
  let start = 0;
  for (let i = 0; i <= text.length; ++i) {
    const code = text.charCodeAt(i);
    if (code === 124) ++cells;
    if (i < text.length && code !== 10) continue;
    if (i - start > kMaxLine) return true;
    start = i + 1;
  }
  return cells > kMaxCells;
}

const kept = new Map<string, string>();

function htmlOf(source: string, make: () => string): string {
  const found = kept.get(source);
  if (found !== undefined) return found;
  const html = sanitise(make());
  if (kept.size >= kMaxKept) kept.delete(kept.keys().next().value!);
  kept.set(source, html);
  return html;
}

// Null: too much to be laid out.
export function renderMarkdown(text: string): Block[] | null {
  if (isTooMuch(text)) return null;
  const env = {};
  const tokens = markdown.parse(text, env);
  const blocks: Block[] = [];
  for (let begin = 0; begin < tokens.length; ) {
    let end = begin;
    for (let depth = 0; end < tokens.length; ++end) {
      depth += tokens[end]!.nesting;
      if (depth === 0) break;
    }
    const group = tokens.slice(begin, end + 1);
    const first = group[0]!;
    if (first.type === 'fence' || first.type === 'code_block') {
      blocks.push({ kind: 'code', language: first.info.trim().split(/\s+/, 1)[0]!.toLowerCase(), text: first.content.replace(/\n$/, '') });
    } else {
      const make = (): string => markdown.renderer.render(group, markdown.options, env);
      // What a reference stands for is told elsewhere in the text, so such blocks are not kept.
      const source = group.map((token) => `${token.type} ${token.markup} ${token.content} ${token.attrs?.join() ?? ''}`).join('\n');
      blocks.push({ kind: 'html', html: /\]/.test(source) ? sanitise(make()) : htmlOf(source, make) });
    }
    begin = end + 1;
  }
  return blocks;
}
