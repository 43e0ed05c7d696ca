import { useMemo } from 'preact/hooks';

import { Icon } from '../../components/icon';
import { CodeBlock, PlainText } from '../../components/markdown';
import { isTooMuch } from '../../markdown/render';
import { violations, type Violation } from '../../schema/validate';
import { readJson } from '../../state/settings';
import { useTexts } from '../../text';

interface Judged {
  pretty: string;
  fits: 'schema' | 'json' | 'not' | 'broken';
  wrong: Violation[];
}

function judge(text: string, schemaText: string): Judged {
  const value = readJson(text);
  if (value === undefined) return { pretty: text, fits: 'broken', wrong: [] };
  const pretty = JSON.stringify(value, null, 2);
  const schema = schemaText === '' ? undefined : readJson(schemaText);
  if (schema === undefined) return { pretty, fits: 'json', wrong: [] };
  const wrong = violations(value, schema);
  return { pretty, fits: wrong.length === 0 ? 'schema' : 'not', wrong };
}

// JSON as people read it, and whether it is what was asked for.
export function StructuredAnswer({ text, schema }: { text: string; schema: string }) {
  const t = useTexts();
  const { pretty, fits, wrong } = useMemo(() => judge(text, schema), [text, schema]);
  const verdict = { schema: t.chat.fits, json: t.chat.fitsJson, not: t.chat.misfits, broken: t.chat.notJson }[fits];
  const good = fits === 'schema' || fits === 'json';
  return (
    <div class="structured">
      {isTooMuch(text) ? <PlainText text={pretty} /> : <CodeBlock language="json" text={pretty} settled />}
      <p class={good ? 'verdict good' : 'verdict bad'}><Icon name={good ? 'check' : 'warning'} /> {verdict}</p>
      {wrong.length > 0 && <ul class="hint">{wrong.map(({ path, keyword }) => <li key={path + keyword}><code>{path || '/'}</code>: {keyword}</li>)}</ul>}
    </div>
  );
}
