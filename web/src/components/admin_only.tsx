import { ApiFailure } from '../api/failure';
import { requestKey } from '../state/access';
import { useTexts } from '../text';
import { explainFailure } from '../text/explain';
import { Button } from './button';
import { Icon } from './icon';
import { Notice } from './notice';

export const isRefused = (failure: ApiFailure | null): boolean => failure?.status === 403 && failure.code === 'insufficient_permissions';

// What a view for administrators says to everybody else.
export function AdminOnly({ what, again }: { what: string; again: () => void }) {
  const t = useTexts();
  const ask = (): void => void requestKey(false).then((given) => { if (given) again(); });
  return (
    <div class="aside-note" role="note">
      <Icon name="keys" />
      <div class="notice-text"><p>{what}</p><p class="hint">{t.admin.how}</p></div>
      <Button label={t.admin.otherKey} onClick={ask} />
    </div>
  );
}

export function AdminFailure({ failure, what, again }: { failure: ApiFailure | null; what: string; again: () => void }) {
  const t = useTexts();
  if (failure === null) return null;
  if (isRefused(failure)) return <AdminOnly what={what} again={again} />;
  return <Notice onRetry={again}>{explainFailure(failure, t)}</Notice>;
}
