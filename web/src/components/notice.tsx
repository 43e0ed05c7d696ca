import type { ComponentChildren } from 'preact';

import { useTexts } from '../text';
import { Button } from './button';
import { Icon } from './icon';

// Something went wrong, and what to do.
export function Notice({ children, onRetry }: { children: ComponentChildren; onRetry?: () => void }) {
  const t = useTexts();
  return (
    <div class="notice" role="alert">
      <Icon name="warning" />
      <div class="notice-text">{children}</div>
      {onRetry && <Button icon="again" label={t.shell.retry} onClick={onRetry} />}
    </div>
  );
}

// `quiet`: not told anew at each step.
export function Progress({ share, label, quiet }: { share: number | null; label: string; quiet?: boolean }) {
  return (
    <div class="progress">
      <span aria-live={quiet ? 'off' : 'polite'}>{label}</span>
      <progress aria-label={label} max={1} {...(share !== null && { value: share })} />
    </div>
  );
}
