import { useState } from 'preact/hooks';

import type { TokenLogprob } from '../../api/types';
import { useTexts } from '../../text';
import { formatPercent } from '../../text/format';

const kMaxShown = 5_000;
const kShades = 6; // classes p0 (unlikely) to p5 (all but certain)

export const shadeOf = (logprob: number): number => Math.min(kShades - 1, Math.floor(Math.exp(logprob) * kShades));

// Blanks that would not be seen get a sign.
export const visible = (token: string): string => token.replaceAll('\n', '↵\n').replaceAll('\t', '⇥') || '∅';

function Detail({ token }: { token: TokenLogprob }) {
  const t = useTexts();
  const rows = token.top_logprobs.length > 0 ? token.top_logprobs : [token];
  return (
    <div class="token-detail" role="status">
      <table>
        <caption>{t.chat.alternatives}</caption>
        <tbody>
          {rows.map(({ token: text, logprob }, i) => (
            <tr key={i} class={text === token.token ? 'taken' : ''}>
              <th scope="row"><code>{JSON.stringify(text)}</code></th>
              <td><meter aria-label={t.chat.probability} min={0} max={1} value={Math.exp(logprob)} /></td>
              <td class="numbers">{formatPercent(Math.exp(logprob))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

// Every token in the colour of its probability; the one under the pointer, or reached by the arrows, tells what else
// could have stood there.
export function TokenView({ tokens }: { tokens: readonly TokenLogprob[] }) {
  const t = useTexts();
  const [at, setAt] = useState<number | null>(null);
  const shown = tokens.slice(0, kMaxShown);
  const move = (event: KeyboardEvent): void => {
    const step = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    setAt((old) => Math.max(0, Math.min(shown.length - 1, (old ?? -1) + step)));
  };
  const pointed = (target: EventTarget | null): void => {
    const index = target instanceof HTMLElement ? target.dataset.index : undefined;
    if (index !== undefined) setAt(Number(index));
  };
  const token = at === null ? undefined : shown[at];
  return (
    <div class="tokens">
      <div class="token-text" tabIndex={0} role="group" aria-label={t.chat.tokens} onKeyDown={move} onMouseOver={(event) => pointed(event.target)} onClick={(event) => pointed(event.target)}>
        {shown.map(({ token: text, logprob }, i) => (
          <span key={i} data-index={i} class={`token p${shadeOf(logprob)}${i === at ? ' at' : ''}`}>{visible(text)}</span>
        ))}
      </div>
      {token !== undefined && <Detail token={token} />}
    </div>
  );
}
