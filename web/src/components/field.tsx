// A control with its label, what is good to know about it, and what is wrong with it.
import type { ComponentChildren } from 'preact';
import { useId } from 'preact/hooks';

interface Described {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  more?: string | undefined; // about the problem
  aside?: ComponentChildren;
  onLabel?: () => void; // for controls that a <label> cannot name
}

interface Ids {
  id: string;
  'aria-describedby': string | undefined;
  'aria-invalid': boolean | undefined;
}

export function Described({ label, hint, problem, more, aside, onLabel, children }: Described & { children: (ids: Ids) => ComponentChildren }) {
  const id = useId();
  const notes = [hint && `${id}-hint`, problem && `${id}-problem`, problem && more && `${id}-more`].filter(Boolean).join(' ');
  return (
    <div class={problem ? 'field wrong' : 'field'}>
      <div class="field-head">
        {onLabel ? <span class="label" onClick={onLabel}>{label}</span> : <label for={id}>{label}</label>}
        {aside}
      </div>
      {children({ id, 'aria-describedby': notes || undefined, 'aria-invalid': problem ? true : undefined })}
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
      {problem && <p class="problem" id={`${id}-problem`} role="alert">{problem}</p>}
      {problem && more && <p class="hint" id={`${id}-more`}>{more}</p>}
    </div>
  );
}

interface TextProps extends Described {
  value: string;
  onInput: (value: string) => void;
  placeholder?: string;
  type?: 'text' | 'password' | 'date' | 'search';
  numeric?: boolean;
  autofocus?: boolean;
  beside?: ComponentChildren; // a second control of the same value
  list?: string; // id of a datalist
}

export function TextField({ value, onInput, placeholder, type = 'text', numeric, autofocus, beside, list, ...rest }: TextProps) {
  return (
    <Described {...rest}>
      {(ids) => {
        const input = (
          <input
            {...ids} type={type as 'text'} value={value} placeholder={placeholder} inputMode={numeric ? 'decimal' : undefined} autocomplete="off"
            spellcheck={false} autofocus={autofocus} list={list} onInput={(event) => onInput(event.currentTarget.value)}
          />
        );
        return beside ? <div class="beside">{beside}{input}</div> : input;
      }}
    </Described>
  );
}

export interface AreaProps extends Described {
  value: string;
  onInput: (value: string) => void;
  placeholder?: string;
  rows?: number;
  code?: boolean;
}

export function AreaField({ value, onInput, placeholder, rows = 3, code, ...rest }: AreaProps) {
  return (
    <Described {...rest}>
      {(ids) => (
        <textarea
          {...ids} class={code ? 'mono' : ''} value={value} placeholder={placeholder} rows={rows} spellcheck={!code}
          onInput={(event) => onInput(event.currentTarget.value)}
        />
      )}
    </Described>
  );
}

interface SelectProps<T extends string> extends Described {
  value: T;
  onChange: (value: T) => void;
  options: readonly (readonly [T, string])[];
  disabled?: boolean;
}

export function SelectField<T extends string>({ value, onChange, options, disabled, ...rest }: SelectProps<T>) {
  return (
    <Described {...rest}>
      {(ids) => (
        <select {...ids} value={value} disabled={disabled} onChange={(event) => onChange(event.currentTarget.value as T)}>
          {options.map(([option, label]) => <option key={option} value={option} selected={option === value}>{label}</option>)}
        </select>
      )}
    </Described>
  );
}

export function CheckField({ label, hint, checked, onChange }: { label: string; hint?: string; checked: boolean; onChange: (checked: boolean) => void }) {
  const id = useId();
  return (
    <div class="field check">
      <input id={id} type="checkbox" checked={checked} aria-describedby={hint && `${id}-hint`} onChange={(event) => onChange(event.currentTarget.checked)} />
      <label for={id}>{label}</label>
      {hint && <p class="hint" id={`${id}-hint`}>{hint}</p>}
    </div>
  );
}
