import type { Memory } from '../../api/admin';
import { useTexts, type Texts } from '../../text';
import { formatBytes } from '../../text/format';

type Part = readonly [name: string, bytes: number];

export function partsOf(memory: Memory, t: Texts): Part[] {
  const parts: Part[] = [
    [t.manage.weights, memory.weights_bytes], [t.manage.kvCache, memory.kv_cache_bytes], [t.manage.scratch, memory.scratch_bytes], [t.manage.caches, memory.caches_bytes],
  ];
  return parts.filter(([, bytes]) => bytes > 0);
}

// The budget as a bar; the words beside it say the same.
export function MemoryBar({ memory }: { memory: Memory }) {
  const t = useTexts();
  const parts = partsOf(memory, t);
  const share = (bytes: number): number => (memory.limit_bytes > 0 ? (100 * bytes) / memory.limit_bytes : 0);
  const label = t.manage.budgetOf(formatBytes(memory.used_bytes), formatBytes(memory.limit_bytes));
  let at = 0;
  return (
    <section class="memory" aria-label={t.manage.budget}>
      <div class="row spread"><h2>{t.manage.budget}</h2><span class="numbers">{label}</span></div>
      <svg class="memory-bar" viewBox="0 0 100 4" preserveAspectRatio="none" role="img" aria-label={`${t.manage.budget}: ${label}`}>
        <rect class="whole" width="100" height="4" />
        {parts.map(([name, bytes], i) => {
          const from = at;
          at += share(bytes);
          return <rect key={name} class={`part${i}`} x={from} width={share(bytes)} height="4"><title>{`${name}: ${formatBytes(bytes)}`}</title></rect>;
        })}
      </svg>
      <ul class="legend">
        {parts.map(([name, bytes], i) => <li key={name}><i class={`swatch s${i}`} />{name}<b class="numbers">{formatBytes(bytes)}</b></li>)}
        <li><i class="swatch whole" />{t.manage.free}<b class="numbers">{formatBytes(Math.max(0, memory.limit_bytes - memory.used_bytes))}</b></li>
      </ul>
    </section>
  );
}
