import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json } from '@codemirror/lang-json';
import { xml } from '@codemirror/lang-xml';
import { bidiIsolates, bracketMatching, indentUnit, syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { search, searchKeymap } from '@codemirror/search';
import { Compartment, EditorState, type Extension, Prec } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { type Ref, useEffect, useEffectEvent, useImperativeHandle, useRef } from 'react';
import { jsonProblem } from '@/azure/bodies/decode-body';
import type { BodyLanguage } from './body-language';
import { colours, theme } from './code-mirror-style';
import { lineSeparatorOf } from './line-separator';

/** What other components may call on the editor. */
export type EditorHandle = { focus(): void };

export type CodeMirrorProps = {
  ref?: Ref<EditorHandle> | undefined;
  value: string;
  onChange: (value: string) => void;
  language: BodyLanguage;
  /** True wraps long lines. */
  wrap?: boolean;
  label: string;
};

const languages: Record<BodyLanguage, () => Extension> = {
  json: () => [json(), linter(jsonDiagnostics, { delay: 250 })],
  xml: () => xml({ autoCloseTags: false }),
  text: () => [],
};

function jsonDiagnostics(view: EditorView) {
  const problem = jsonProblem(view.state.sliceDoc());
  if (!problem) return [];
  const line = view.state.doc.line(Math.min(problem.line, view.state.doc.lines));
  const from = Math.min(line.from + problem.column - 1, line.to);
  return [{ from, to: Math.min(from + 1, line.to), severity: 'error' as const, message: problem.message }];
}

/**
 * The text editor. It lives in a shadow root, because there CodeMirror uses adopted style sheets, which a strict content
 * security policy allows. Tab leaves it.
 */
export default function CodeMirror({ ref, value, onChange, language, wrap = true, label }: CodeMirrorProps) {
  const host = useRef<HTMLDivElement>(null);
  const editor = useRef<{ view: EditorView; language: Compartment; separator: string | undefined }>(undefined);
  /** What was reported and has not come back as the value yet, the oldest first. */
  const reported = useRef<string[]>([]);
  const changed = useEffectEvent((text: string) => {
    // A value that came from outside is not reported back.
    if (text === (reported.current.at(-1) ?? value)) return;
    reported.current.push(text);
    onChange(text);
  });
  useImperativeHandle(ref, () => ({ focus: () => editor.current?.view.focus() }), []);
  const current = useEffectEvent(() => ({ value, language, wrap, label }));

  useEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const compartment = new Compartment();
    const view = new EditorView({ parent: root, root, state: stateOf(compartment, current(), changed) });
    // Esc closes the search first, the dialog next.
    root.addEventListener('keydown', stopHandledEscape);
    editor.current = { view, language: compartment, separator: lineSeparatorOf(current().value) };
    view.focus();
    return () => view.destroy();
  }, []);

  useEffect(() => {
    const open = editor.current;
    // What was written here comes back, perhaps after more was written: the text and the caret stay.
    const own = reported.current.lastIndexOf(value);
    reported.current.splice(0, own < 0 ? reported.current.length : own + 1);
    if (!open || own >= 0 || open.view.state.sliceDoc() === value) return;
    const separator = lineSeparatorOf(value);
    if (separator === open.separator) {
      open.view.dispatch({
        changes: { from: 0, to: open.view.state.doc.length, insert: value },
        selection: { anchor: 0 },
        scrollIntoView: true,
      });
    } else {
      // Another line separator needs a new document, so its undo history begins anew.
      open.separator = separator;
      open.view.setState(stateOf(open.language, current(), changed));
    }
  }, [value]);

  useEffect(() => {
    const open = editor.current;
    open?.view.dispatch({ effects: open.language.reconfigure(languages[language]()) });
  }, [language]);

  return <div ref={host} className="h-full min-h-0" />;
}

function stopHandledEscape(event: Event) {
  if (event instanceof KeyboardEvent && event.key === 'Escape' && event.defaultPrevented) event.stopPropagation();
}

type Settings = Required<Pick<CodeMirrorProps, 'value' | 'language' | 'wrap' | 'label'>>;

function stateOf(compartment: Compartment, settings: Settings, onChange: (text: string) => void) {
  const separator = lineSeparatorOf(settings.value);
  return EditorState.create({
    doc: settings.value,
    extensions: [
      separator === undefined ? [] : EditorState.lineSeparator.of(separator),
      // Ctrl Enter sends the message: it must not add a line.
      Prec.highest(keymap.of([{ key: 'Mod-Enter', run: () => true }])),
      lineNumbers(),
      history(),
      drawSelection(),
      highlightSpecialChars(),
      highlightActiveLine(),
      highlightActiveLineGutter(),
      bracketMatching(),
      indentUnit.of('  '),
      search({ top: true }),
      keymap.of([...searchKeymap, ...defaultKeymap, ...historyKeymap]),
      // What is written from right to left is, each string by itself.
      EditorView.perLineTextDirection.of(true),
      bidiIsolates(),
      settings.wrap ? EditorView.lineWrapping : [],
      syntaxHighlighting(colours),
      theme,
      compartment.of(languages[settings.language]()),
      EditorView.contentAttributes.of({ 'aria-label': settings.label, tabindex: '0' }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) onChange(update.state.sliceDoc());
      }),
    ],
  });
}
