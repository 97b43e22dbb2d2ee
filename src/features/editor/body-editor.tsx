import { clsx as cx } from 'clsx';
import { lazy, type Ref, Suspense } from 'react';
import { languageOf } from './body-language';
import type { EditorHandle } from './code-mirror';
import type { BodyProblem } from './message-form';

const CodeMirror = lazy(() => import('./code-mirror'));

type BodyEditorProps = {
  ref?: Ref<EditorHandle> | undefined;
  value: string;
  onChange: (value: string) => void;
  problem?: BodyProblem | undefined;
};

/** The box to write a body in; the editor itself arrives in a chunk of its own. */
export function BodyEditor({ ref, value, onChange, problem }: BodyEditorProps) {
  return (
    <div
      className={cx(
        'min-h-30 flex-1 overflow-hidden rounded-8 border bg-surface transition-colors',
        problem
          ? 'border-danger-solid focus-within:ring-3 focus-within:ring-danger-tint'
          : 'border-line-control focus-within:border-accent-solid focus-within:ring-3 focus-within:ring-accent-tint',
      )}
    >
      <Suspense fallback={<p className="px-3 py-2 text-12 text-text-3">Loading the editor</p>}>
        <CodeMirror ref={ref} value={value} onChange={onChange} language={languageOf(value)} label="Message body" />
      </Suspense>
    </div>
  );
}
