import { useTexts } from '../../text';
import { formatNumber } from '../../text/format';

export interface Fault {
  line: number | null;
  customId?: string;
  message: string;
  param: string | null;
  advice: string; // a name among the texts; others have none
}

// What is wrong with lines of a file, and what to do about each.
export function FaultTable({ title, faults }: { title: string; faults: readonly Fault[] }) {
  const t = useTexts();
  const named = faults.some(({ customId }) => customId !== undefined);
  const heads = [t.batches.line, ...(named ? ['custom_id'] : []), t.batches.wrong, t.batches.todo];
  return (
    <table class="table faults">
      <caption class="unseen">{title}</caption>
      <thead><tr>{heads.map((head) => <th key={head} scope="col">{head}</th>)}</tr></thead>
      <tbody>
        {faults.map(({ line, customId, message, param, advice }, i) => (
          <tr key={i}>
            <th scope="row" class="numbers">{line === null ? '–' : <><span class="narrow-label">{t.batches.line} </span>{formatNumber(line)}</>}</th>
            {named && <td data-label="custom_id" class="custom-id"><code>{customId}</code></td>}
            <td data-label={t.batches.wrong}><span>{param !== null && !message.includes(param) && <><code>{param}</code> </>}{message}</span></td>
            <td data-label={t.batches.todo}>{t.batches.advice[advice] ?? t.batches.advice.server}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
