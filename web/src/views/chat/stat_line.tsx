import type { Stats } from '../../state/conversation';
import { useTexts } from '../../text';
import { formatDuration, formatNumber } from '../../text/format';

// How fast an answer came, and of how many tokens.
export function StatLine({ stats }: { stats: Stats }) {
  const t = useTexts();
  const { firstToken, usage, seed } = stats;
  const parts: [string, string][] = [];
  if (firstToken !== null) parts.push([t.chat.firstToken, formatDuration(firstToken)]);
  if (usage !== null) {
    if (usage.completion_time > 0) parts.push([t.chat.perSecond, formatNumber(usage.completion_tokens / usage.completion_time, 1)]);
    parts.push([t.chat.prompt, formatNumber(usage.prompt_tokens)]);
    parts.push([t.chat.cached, formatNumber(usage.prompt_tokens_details?.cached_tokens ?? 0)]);
    const thoughts = usage.completion_tokens_details?.reasoning_tokens;
    if (thoughts !== undefined) parts.push([t.chat.reasoning, formatNumber(thoughts)]);
    parts.push([t.chat.completion, formatNumber(usage.completion_tokens)]);
  }
  return <dl class="stats" title={seed === null ? undefined : `${t.chat.seed} ${seed}`}>{parts.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>;
}
