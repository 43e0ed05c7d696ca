// CodeMirror for JSON, in a shadow root: there it takes a constructed style sheet, which the page's policy allows,
// instead of a <style> element, which it does not. Tab is not bound, so it leaves the field.
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, ensureSyntaxTree, HighlightStyle, indentOnInput, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';

export interface Place {
  line: number;
  column: number;
}

export interface Description {
  id: string;
  label: string;
  hint: string | undefined;
  problem: string | undefined;
  notJson: string; // what is said where it stops being JSON
}

export interface JsonEditorOptions {
  text: string;
  rows: number;
  selection: { from: number; to: number } | null; // focused, with this selected
  describe: Description;
  onInput: (text: string) => void;
  onFault: (place: Place | null) => void; // where the text stops being JSON
}

export interface JsonEditor {
  setText(text: string): void;
  describe(description: Description): void;
  focus(): void;
  destroy(): void;
}

const kLintDelay = 300; // milliseconds after the last key
const kLine = 1.5; // of the font's size

const theme = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--raised)', border: '1px solid var(--line-strong)', borderRadius: 'var(--radius)', fontSize: '0.84rem' },
  '&.cm-focused': { outline: '2px solid var(--beak)', outlineOffset: '2px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: String(kLine), maxHeight: '60vh' },
  '.cm-content': { padding: '6px 4px', caretColor: 'var(--ink)' },
  '&.cm-focused .cm-matchingBracket': { backgroundColor: 'var(--beak-wash)', outline: '1px solid var(--beak)' },
  '&.cm-focused .cm-nonmatchingBracket': { backgroundColor: 'var(--bad-wash)' },
  '.cm-tooltip': { backgroundColor: 'var(--raised)', border: '1px solid var(--line)', color: 'var(--ink)' },
  '.cm-diagnostic': { padding: '4px 8px', borderLeft: '3px solid var(--bad)' },
  '.cm-lintPoint:after': { borderBottomColor: 'var(--bad) !important' },
  '&.wrong': { borderColor: 'var(--bad)', backgroundColor: 'var(--bad-wash)' },
});

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'light-dark(#1f5f66, #8fd0d3)' },
  { tag: tags.string, color: 'light-dark(#256b3c, #93cf9f)' },
  { tag: tags.number, color: 'light-dark(#9a4a06, #eab077)' },
  { tag: [tags.bool, tags.null], color: 'light-dark(#7a3e9d, #cda5ea)' },
]);

const fromOutside = Annotation.define<boolean>();
const oneKindOfBreak = (text: string): string => text.replace(/\r\n?/g, '\n');

const kParseTime = 50; // milliseconds

// Where the text stops being JSON, as the grammar sees it: what JSON.parse says of the place differs between browsers.
function faultAt(state: EditorState): number | null {
  let found: number | null = null;
  ensureSyntaxTree(state, state.doc.length, kParseTime)?.iterate({
    enter: ({ type, from }) => {
      if (type.isError) found ??= from;
      return found === null;
    },
  });
  return found;
}

// What describes the field stands beside it in the document; ids do not reach into a shadow root, so it is said again.
class Notes {
  readonly #elements = { hint: document.createElement('p'), problem: document.createElement('p') };

  constructor(root: ShadowRoot) {
    for (const element of Object.values(this.#elements)) {
      element.hidden = true;
      root.append(element);
    }
  }

  attributes({ id, label, hint, problem }: Description): Record<string, string> {
    const texts = { hint, problem };
    const ids: string[] = [];
    for (const name of ['hint', 'problem'] as const) {
      this.#elements[name].textContent = texts[name] ?? '';
      this.#elements[name].id = `${id}-${name}-within`;
      if (texts[name]) ids.push(`${id}-${name}-within`);
    }
    return { 'aria-label': label, ...(ids.length > 0 && { 'aria-describedby': ids.join(' ') }), ...(problem && { 'aria-invalid': 'true' }) };
  }
}

// Left to itself, Chromium carries the look of a selection that is typed over into the new text, as inline style, which
// the page's policy forbids.
const typeOver = EditorView.domEventHandlers({
  beforeinput(event, view) {
    if (event.inputType !== 'insertText' || event.data === null || view.composing || view.state.selection.main.empty) return false;
    event.preventDefault();
    view.dispatch(view.state.replaceSelection(event.data), { userEvent: 'input.type', scrollIntoView: true });
    return true;
  },
});

export function createJsonEditor(host: HTMLElement, options: JsonEditorOptions): JsonEditor {
  const root = host.attachShadow({ mode: 'open' });
  const notes = new Notes(root);
  const described = new Compartment();
  let description = options.describe;
  const attributes = () => [
    EditorView.contentAttributes.of(notes.attributes(description)),
    EditorView.editorAttributes.of({ class: description.problem ? 'wrong' : '' }),
  ];

  const parse = jsonParseLinter();
  const lint = linter((view) => {
    const blank = view.state.doc.toString().trim() === '';
    const told = blank ? undefined : parse(view)[0];
    if (told === undefined) {
      options.onFault(null);
      return [];
    }
    const from = faultAt(view.state) ?? told.from;
    const line = view.state.doc.lineAt(from);
    options.onFault({ line: line.number, column: from - line.from + 1 });
    return [{ ...told, from, to: Math.max(from, Math.min(line.to, from + 1)), message: description.notJson }];
  }, { delay: kLintDelay });

  const listen = EditorView.updateListener.of(({ docChanged, state, transactions }) => {
    if (docChanged && !transactions.some((each) => each.annotation(fromOutside))) options.onInput(state.doc.toString());
  });
  const height = EditorView.theme({ '.cm-content': { minHeight: `${options.rows * kLine}em` } });
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      doc: oneKindOfBreak(options.text),
      extensions: [
        json(), lint, listen, typeOver, history(), keymap.of([...defaultKeymap, ...historyKeymap]), bracketMatching(), indentOnInput(),
        syntaxHighlighting(colours), indentUnit.of('  '), EditorState.tabSize.of(2), EditorView.lineWrapping, height, theme, described.of(attributes()),
      ],
    }),
  });
  if (options.selection !== null) {
    const { from, to } = options.selection;
    const end = view.state.doc.length;
    view.focus();
    view.dispatch({ selection: { anchor: Math.min(from, end), head: Math.min(to, end) } });
  }

  return {
    setText(text) {
      const next = oneKindOfBreak(text);
      if (next === view.state.doc.toString()) return;
      view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: next }, annotations: fromOutside.of(true) });
    },
    describe(next) {
      description = next;
      view.dispatch({ effects: described.reconfigure(attributes()) });
    },
    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
