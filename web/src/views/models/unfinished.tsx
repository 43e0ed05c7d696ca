import { removeModel, type Unfinished } from '../../api/admin';
import { Button } from '../../components/button';
import { useTexts } from '../../text';
import { formatBytes } from '../../text/format';

interface Props {
  list: readonly Unfinished[];
  onChange: () => void;
  onFailure: (error: unknown) => void;
}

// Downloads that nobody goes on with now.
export function UnfinishedDownloads({ list, onChange, onFailure }: Props) {
  const t = useTexts();
  if (list.length === 0) return null;
  const discard = (file: string): void => {
    if (confirm(t.manage.discardAsk(file))) void removeModel(file).then(onChange, onFailure);
  };
  return (
    <section>
      <h2>{t.manage.unfinished}</h2>
      <p class="hint">{t.manage.unfinishedHint}</p>
      <ul class="pulls">
        {list.map(({ file, done_bytes, total_bytes }) => (
          <li key={file} class="pull row spread">
            <code>{file}</code>
            <span class="numbers">{t.manage.unfinishedOf(formatBytes(done_bytes), formatBytes(total_bytes))}</span>
            <Button icon="remove" bare label={t.manage.discard(file)} onClick={() => discard(file)} />
          </li>
        ))}
      </ul>
    </section>
  );
}
