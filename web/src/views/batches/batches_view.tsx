// Batches: one to order, and those there are, whose counts move while they run.
import { useEffect, useRef, useState } from 'preact/hooks';

import { ApiFailure } from '../../api/failure';
import { listFiles } from '../../api/files';
import type { Batch } from '../../api/types';
import { Button } from '../../components/button';
import { Notice } from '../../components/notice';
import { useTexts } from '../../text';
import { explainFailure } from '../../text/explain';
import { PageHead } from '../page_head';
import { usePolling } from '../use_polling';
import { useRequest } from '../use_request';
import { BatchCard } from './batch_card';
import { askBatches, askOlder, isUnended, join } from './batch_list';
import { NewBatch } from './new_batch';

// For those who do not see states change.
function useNews(list: readonly Batch[] | null, nameOf: (batch: Batch) => string): string {
  const t = useTexts();
  const before = useRef<ReadonlyMap<string, string> | null>(null);
  const [news, setNews] = useState('');
  useEffect(() => {
    if (list === null) return;
    const known = before.current;
    const changed = known === null ? [] : list.filter(({ id, status }) => known.get(id) !== status);
    before.current = new Map(list.map(({ id, status }) => [id, status]));
    if (changed.length > 0) setNews(changed.map((batch) => `${nameOf(batch)}: ${t.batches.states[batch.status]}`).join('. '));
  }, [list]);
  return news;
}

export function BatchesView() {
  const t = useTexts();
  const [older, setOlder] = useState<Batch[]>([]);
  const [end, setEnd] = useState(false); // of the older ones
  const { value, failure, again } = usePolling((signal) => askBatches(older, signal), ({ first, again: others }) => [...first.data, ...others].some(isUnended));
  const { value: files, again: askFiles } = useRequest(listFiles);
  const [olderFailure, setOlderFailure] = useState<ApiFailure | null>(null);

  const list = value === null ? null : join(value, older);
  const nameOf = (batch: Batch): string => files?.find(({ id }) => id === batch.input_file_id)?.filename ?? batch.input_file_id;
  const news = useNews(list, nameOf);
  const more = value !== null && (older.length === 0 ? value.first.has_more : !end);
  const showMore = (): void => {
    setOlderFailure(null);
    askOlder(list!.at(-1)!.id).then(
      (page) => {
        setOlder((old) => [...old, ...page.data]);
        setEnd(!page.has_more);
      },
      (error: unknown) => setOlderFailure(error instanceof ApiFailure ? error : new ApiFailure(0, {})),
    );
  };
  const notServed = failure?.status === 404;
  return (
    <div class="page batches">
      <PageHead title={t.batches.title} hint={t.batches.hint} />
      {failure !== null && <Notice onRetry={again}>{notServed ? t.files.notServed : explainFailure(failure, t)}</Notice>}
      {!notServed && <NewBatch files={(files ?? []).filter(({ purpose }) => purpose === 'batch')} onUploaded={askFiles} onMade={again} />}
      <p class="unseen" role="status">{news}</p>
      {list !== null && list.length === 0 && <div class="empty"><p>{t.batches.none}</p><p class="hint">{t.batches.noneHint}</p></div>}
      {list?.map((batch) => <BatchCard key={batch.id} batch={batch} name={nameOf(batch)} onChanged={again} />)}
      {olderFailure !== null && <Notice>{explainFailure(olderFailure, t)}</Notice>}
      {more && <div class="row middle"><Button icon="down" label={t.batches.older} onClick={showMore} /></div>}
    </div>
  );
}
