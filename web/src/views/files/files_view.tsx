import { useRef, useState } from 'preact/hooks';

import { ApiFailure } from '../../api/failure';
import { deleteFile, fileContent, listFiles, uploadFile } from '../../api/files';
import type { StoredFile } from '../../api/types';
import { Button } from '../../components/button';
import { Notice, Progress } from '../../components/notice';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { formatBytes, formatDate, formatPercent } from '../../text/format';
import { PageHead } from '../page_head';
import { saveFile } from '../save_file';
import { useRequest } from '../use_request';

interface Sending {
  name: string;
  share: number;
}

function Row({ file, onGone, onFailure }: { file: StoredFile; onGone: () => void; onFailure: (failure: unknown) => void }) {
  const t = useTexts();
  const download = async (): Promise<void> => saveFile(file.filename, await fileContent(file.id), 'application/octet-stream');
  const remove = async (): Promise<void> => {
    if (!confirm(t.files.removeAsk(file.filename))) return;
    await deleteFile(file.id);
    onGone();
  };
  return (
    <tr>
      <th scope="row">{file.filename}<p class="hint"><code>{file.id}</code></p></th>
      <td data-label={t.files.purpose}>{file.purpose}</td>
      <td data-label={t.files.size} class="numbers">{formatBytes(file.bytes)}</td>
      <td data-label={t.files.made}>{formatDate(file.created_at * 1000)}</td>
      <td>
        <div class="row tight">
          <Button icon="download" bare label={`${t.shell.download}: ${file.filename}`} onClick={() => void download().catch(onFailure)} />
          <Button icon="remove" bare label={`${t.shell.remove}: ${file.filename}`} onClick={() => void remove().catch(onFailure)} />
        </div>
      </td>
    </tr>
  );
}

export function FilesView() {
  const t = useTexts();
  const { value: files, failure, again } = useRequest(listFiles);
  const [sending, setSending] = useState<Sending | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const chooser = useRef<HTMLInputElement>(null);

  const onFailure = (error: unknown): void => setProblem(explainFailure(error instanceof ApiFailure ? error : new ApiFailure(0, {}), t));
  const put = async (file: File): Promise<void> => {
    setProblem(null);
    if (!file.name.endsWith('.jsonl')) return setProblem(t.files.badName);
    if (file.size === 0) return setProblem(t.files.emptyFile);
    setSending({ name: file.name, share: 0 });
    await uploadFile(file, 'batch', { onProgress: (share) => setSending({ name: file.name, share }) }).then(again, onFailure);
    setSending(null);
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    const file = event.dataTransfer?.files[0];
    if (file !== undefined) void put(file);
  };

  return (
    <div class="page" onDragOver={(event) => event.preventDefault()} onDrop={onDrop}>
      <PageHead title={t.files.title} hint={t.files.hint}>
        <input
          ref={chooser} id="file-chooser" type="file" accept=".jsonl" class="unseen" tabIndex={-1} aria-hidden="true"
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            event.currentTarget.value = '';
            if (file !== undefined) void put(file);
          }}
        />
        <div class="field-like">
          <Button primary icon="upload" label={t.files.upload} disabled={sending !== null} onClick={() => chooser.current?.click()} />
        </div>
      </PageHead>
      {problem !== null && <p class="problem" role="alert">{problem}</p>}
      {sending !== null && <Progress share={sending.share} label={t.files.uploading(sending.name, formatPercent(sending.share))} />}
      {failure !== null && <Notice onRetry={again}>{failure.status === 404 ? t.files.notServed : explainFailure(failure, t)}</Notice>}
      {files !== null && files.length === 0 && <div class="empty"><p>{t.files.none}</p><p class="hint">{t.files.noneHint}</p></div>}
      {files !== null && files.length > 0 && (
        <table class="table">
          <thead>
            <tr>
              {[t.files.name, t.files.purpose, t.files.size, t.files.made].map((head) => <th key={head} scope="col" class={head === t.files.size ? 'numbers' : undefined}>{head}</th>)}
              <th scope="col"><span class="unseen">{t.files.actions}</span></th>
            </tr>
          </thead>
          <tbody>{files.map((file) => <Row key={file.id} file={file} onGone={again} onFailure={onFailure} />)}</tbody>
        </table>
      )}
    </div>
  );
}
