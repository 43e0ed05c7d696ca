import { Described } from './field';
import { Progress } from './notice';

interface FileFieldProps {
  label: string;
  hint?: string | undefined;
  problem?: string | undefined;
  accept: string;
  disabled?: boolean;
  sending: { share: number; label: string } | null;
  onFile: (file: File | null) => void;
}

// A file to send, with how far it is.
export function FileField({ label, hint, problem, accept, disabled, sending, onFile }: FileFieldProps) {
  return (
    <Described label={label} hint={hint} problem={problem}>
      {(ids) => (
        <>
          <input {...ids} type="file" class="file-input" accept={accept} disabled={disabled} onChange={(event) => onFile(event.currentTarget.files?.[0] ?? null)} />
          {sending !== null && <Progress share={sending.share} label={sending.label} />}
        </>
      )}
    </Described>
  );
}
