// JSON with colours, and a mark where it stops being JSON. Until the editor has come, or where it cannot be had, the
// same text is in a plain field.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';

import { AreaField, Described, type AreaProps } from '../components/field';
import { useTexts } from '../text';
import type { createJsonEditor, JsonEditor, Place } from './json_editor';

type Make = typeof createJsonEditor;
type JsonFieldProps = Omit<AreaProps, 'code' | 'placeholder'>;

interface Ready {
  make: Make;
  selection: { from: number; to: number } | null;
}

let made: Make | null = null;

async function loadEditor(): Promise<Make> {
  made ??= (await import('./json_editor')).createJsonEditor;
  return made;
}

function Edited({ ready, label, hint, problem, aside, value, rows = 3, onInput }: JsonFieldProps & { ready: Ready }) {
  const t = useTexts();
  const id = useId();
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<JsonEditor | null>(null);
  const latest = useRef(onInput);
  latest.current = onInput;
  const [fault, setFault] = useState<Place | null>(null);
  const description = { id, label, hint, problem, notJson: t.problems.notJson };

  useLayoutEffect(() => {
    const { make, selection } = ready;
    const own = make(host.current!, { text: value, rows, selection, describe: description, onInput: (text) => latest.current(text), onFault: setFault });
    editor.current = own;
    return () => own.destroy();
  }, []);
  useLayoutEffect(() => editor.current?.setText(value), [value]);
  useLayoutEffect(() => editor.current?.describe(description), [label, hint, problem, t]);

  const place = problem && fault !== null ? t.editor.place(fault.line, fault.column) : '';
  return (
    <Described label={label} hint={hint} problem={problem} more={place} aside={aside} onLabel={() => editor.current?.focus()}>
      {() => <div ref={host} class="json-editor" />}
    </Described>
  );
}

export function JsonField(props: JsonFieldProps) {
  const [ready, setReady] = useState<Ready | null>(made === null ? null : { make: made, selection: null });
  const plain = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (ready !== null) return;
    let wanted = true;
    loadEditor().then(
      (make) => {
        if (!wanted) return;
        // Who is typing goes on where they are.
        const area = plain.current?.querySelector('textarea');
        const typing = area != null && document.activeElement === area;
        setReady({ make, selection: typing ? { from: area.selectionStart, to: area.selectionEnd } : null });
      },
      () => undefined,
    );
    return () => { wanted = false; };
  }, []);
  if (ready !== null) return <Edited ready={ready} {...props} />;
  return <div ref={plain}><AreaField code {...props} /></div>;
}
