import { useEffect, useMemo, useState } from 'preact/hooks';

import { highlight } from '../markdown/highlight';
import { renderMarkdown, sanitise } from '../markdown/render';
import { useTexts } from '../text';
import { formatBytes } from '../text/format';
import { CopyButton } from './button';
import { memo } from './memo';

const kShownFirst = 20_000; // characters of a text that is shown as it is
const kPiece = 5_000;

export const CodeBlock = memo(function CodeBlock({ language, text, settled }: { language: string; text: string; settled: boolean }) {
  const [coloured, setColoured] = useState<{ text: string; html: string } | null>(null);
  useEffect(() => {
    if (!settled) return;
    let wanted = true;
    void highlight(text, language).then((html) => {
      if (wanted && html !== null) setColoured({ text, html: sanitiseSpans(html) });
    });
    return () => { wanted = false; };
  }, [language, text, settled]);
  const done = coloured?.text === text;
  return (
    <div class="code">
      <div class="code-head">
        <span>{language || 'text'}</span>
        <CopyButton text={text} />
      </div>
      <pre tabIndex={0}>{done ? <code dangerouslySetInnerHTML={{ __html: coloured.html }} /> : <code>{text}</code>}</pre>
    </div>
  );
});

// highlight.js escapes what it is given; this makes sure that nothing but spans comes of it.
function sanitiseSpans(html: string): string {
  return sanitise(html.replaceAll('<span class=', '<b class=').replaceAll('</span>', '</b>'));
}

const Html = memo(function Html({ html }: { html: string }) {
  return <div class="prose" dangerouslySetInnerHTML={{ __html: html }} />;
});

// In pieces that the browser lays out when they come into view.
export function PlainText({ text }: { text: string }) {
  const t = useTexts();
  const [all, setAll] = useState(false);
  const shown = all ? text : text.slice(0, kShownFirst);
  const pieces: string[] = [];
  for (let at = 0; at < shown.length; at += kPiece) pieces.push(shown.slice(at, at + kPiece));
  return (
    <div class="plain">
      <p class="hint">{t.chat.tooMuch(formatBytes(text.length))}</p>
      <div class="plain-text">{pieces.map((piece, i) => <div key={i}>{piece}</div>)}</div>
      {shown.length < text.length && <button type="button" class="button" onClick={() => setAll(true)}>{t.chat.showAll}</button>}
    </div>
  );
}

export const Markdown = memo(function Markdown({ text, streaming }: { text: string; streaming: boolean }) {
  const blocks = useMemo(() => renderMarkdown(text), [text]);
  if (blocks === null) return <PlainText text={text} />;
  return (
    <div class="markdown">
      {blocks.map((block, i) =>
        block.kind === 'code' ? (
          <CodeBlock key={i} language={block.language} text={block.text} settled={!streaming || i < blocks.length - 1} />
        ) : (
          <Html key={i} html={block.html} />
        ),
      )}
    </div>
  );
});
