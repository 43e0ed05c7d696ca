import type { ComponentChildren } from 'preact';

export function PageHead({ title, hint, children }: { title: string; hint?: string; children?: ComponentChildren }) {
  return (
    <header class="page-head">
      <div>
        <h1>{title}</h1>
        {hint && <p class="hint">{hint}</p>}
      </div>
      <div class="row">{children}</div>
    </header>
  );
}
