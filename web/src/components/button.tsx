import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';

import { useTexts } from '../text';
import { Icon, type IconName } from './icon';

interface ButtonProps {
  icon?: IconName;
  label: string;
  onClick?: (event: MouseEvent) => void;
  bare?: boolean; // the label is for those who do not see the icon
  describe?: string; // the label with what tells it from others that look alike
  primary?: boolean;
  danger?: boolean;
  disabled?: boolean;
  pressed?: boolean;
  submit?: boolean;
  class?: string;
  children?: ComponentChildren;
}

export function Button({ icon, label, onClick, bare, describe, primary, danger, disabled, pressed, submit, class: more, children }: ButtonProps) {
  const names = ['button', bare && 'bare', primary && 'primary', danger && 'danger', more].filter(Boolean).join(' ');
  return (
    <button
      type={submit ? 'submit' : 'button'} class={names} onClick={onClick} disabled={disabled} aria-pressed={pressed}
      {...(bare && { 'aria-label': label, title: label })} {...(describe && { 'aria-label': describe })}
    >
      {icon && <Icon name={icon} />}
      {!bare && <span>{label}</span>}
      {children}
    </button>
  );
}

const kShown = 1500;

export function CopyButton({ text, label, bare = true }: { text: string | (() => string); label?: string; bare?: boolean }) {
  const t = useTexts();
  const [copied, setCopied] = useState(false);
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), kShown);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async (): Promise<void> => {
    const content = typeof text === 'string' ? text : text();
    await navigator.clipboard.writeText(content).then(() => setCopied(true), () => setCopied(false));
  };
  return <Button icon={copied ? 'check' : 'copy'} bare={bare} label={copied ? t.shell.copied : (label ?? t.shell.copy)} onClick={() => void copy()} />;
}
