// Hostile text: it neither runs nor asks for anything, and it does not freeze the page.
import { describe, expect, it } from 'vitest';

import { isTooMuch, renderMarkdown, type Block } from '../src/markdown/render';

function html(text: string): string {
  return renderMarkdown(text)!.map((block: Block) => (block.kind === 'html' ? block.html : `[${block.language}]`)).join('');
}

function elements(text: string): HTMLElement {
  const element = document.createElement('div');
  element.innerHTML = html(text);
  return element;
}

describe('Markdown', () => {
  const hostile = [
    '<script>window.hit = 1</script>',
    '<img src=x onerror="window.hit = 1">',
    '![x](https://elsewhere.example/pixel.png)',
    '[x](javascript:window.hit=1)',
    '[x](data:text/html,<script>window.hit=1</script>)',
    '<svg/onload=window.hit=1>',
    '<iframe src="https://elsewhere.example">',
    '<a href="vbscript:x" style="position:fixed;inset:0">x</a>',
    '[x](https://a.example "\\" onmouseover=\\"window.hit=1")',
    '<form action="https://elsewhere.example"><input name=key></form>',
    '| a |\n|---|\n| <script>x</script> |',
  ];
  for (const text of hostile) {
    it(`disarms ${text.slice(0, 50)}`, () => {
      const made = elements(text);
      expect(made.querySelector('script, img, svg, iframe, form, input, style, object, embed, [style]')).toBeNull();
      for (const element of made.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
          expect(name).not.toMatch(/^on/);
          expect(value).not.toMatch(/^\s*(javascript|data|vbscript):/i);
        }
      }
    });
  }

  it('opens links apart', () => {
    const link = elements('see https://a.example').querySelector('a')!;
    expect([link.target, link.rel]).toEqual(['_blank', 'noopener noreferrer']);
  });

  it('is rendered block by block', () => {
    expect(renderMarkdown('# a\n\ntext\n\n```Python x\ncode\n```\n- b\n\n  c')!.map(({ kind }) => kind)).toEqual(['html', 'html', 'code', 'html']);
    expect(renderMarkdown('```py\nunfinished')).toEqual([{ kind: 'code', language: 'py', text: 'unfinished' }]);
    expect(html('| a | b |\n|:-:|--:|\n| 1 | 2 |')).toContain('class="side-right"');
  });

  it('gives up on what would freeze the page', () => {
    expect(renderMarkdown('x'.repeat(1_000_000))).toBeNull();
    expect(isTooMuch('|'.repeat(6_000))).toBe(true);
    expect(isTooMuch(`${'word '.repeat(10_000)}`)).toBe(true);
    expect(isTooMuch('a line\n'.repeat(10_000))).toBe(false);
    expect(() => renderMarkdown('>'.repeat(19_000))).not.toThrow();
    expect(() => renderMarkdown('['.repeat(19_000))).not.toThrow();
    expect(() => renderMarkdown('*a _b '.repeat(3_000))).not.toThrow();
  });
});
