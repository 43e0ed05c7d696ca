// Colours for code: each language is fetched when it is first seen.
import type { LanguageFn } from 'highlight.js';

const kMaxLength = 50_000;

const loaders: Record<string, () => Promise<{ default: LanguageFn }>> = {
  bash: () => import('highlight.js/lib/languages/bash'),
  cpp: () => import('highlight.js/lib/languages/cpp'),
  css: () => import('highlight.js/lib/languages/css'),
  go: () => import('highlight.js/lib/languages/go'),
  java: () => import('highlight.js/lib/languages/java'),
  javascript: () => import('highlight.js/lib/languages/javascript'),
  json: () => import('highlight.js/lib/languages/json'),
  python: () => import('highlight.js/lib/languages/python'),
  rust: () => import('highlight.js/lib/languages/rust'),
  sql: () => import('highlight.js/lib/languages/sql'),
  typescript: () => import('highlight.js/lib/languages/typescript'),
  xml: () => import('highlight.js/lib/languages/xml'),
  yaml: () => import('highlight.js/lib/languages/yaml'),
};

const kOtherNames: Record<string, string> = {
  sh: 'bash', shell: 'bash', console: 'bash', zsh: 'bash', c: 'cpp', 'c++': 'cpp', cc: 'cpp', h: 'cpp', hpp: 'cpp', golang: 'go',
  js: 'javascript', mjs: 'javascript', jsx: 'javascript', node: 'javascript', py: 'python', python3: 'python', rs: 'rust',
  ts: 'typescript', tsx: 'typescript', html: 'xml', svg: 'xml', yml: 'yaml', jsonc: 'json',
};

// HTML of spans, its text escaped; null where the language is not known here or there is too much.
export async function highlight(text: string, named: string): Promise<string | null> {
  const language = kOtherNames[named] ?? named;
  const load = Object.hasOwn(loaders, language) ? loaders[language] : undefined;
  if (load === undefined || text.length > kMaxLength) return null;
  try {
    const [{ default: core }, { default: grammar }] = await Promise.all([import('highlight.js/lib/core'), load()]);
    if (core.getLanguage(language) === undefined) core.registerLanguage(language, grammar);
    return core.highlight(text, { language, ignoreIllegals: true }).value;
  } catch {
    return null; // the part could not be fetched: code is readable without colours
  }
}
