import { clsx as cx } from 'clsx';
import { type ReactNode, useState } from 'react';
import { Tabs } from '@/ui/tabs';
import { useIsPhone } from '@/ui/use-media';

type EditorLayoutProps = {
  /** What you write. */
  message: ReactNode;
  /** What is sent. */
  preview: ReactNode;
  /** Above both panes. */
  band?: ReactNode;
  /** Under both panes: what went wrong. */
  failure?: ReactNode;
};

/** Two panes side by side, or one at a time behind tabs on a phone. Both stay mounted, so that undo survives a look. */
export function EditorLayout({ message, preview, band, failure }: EditorLayoutProps) {
  const isPhone = useIsPhone();
  const [pane, setPane] = useState<'message' | 'preview'>('message');
  return (
    <div className="flex h-full flex-col">
      {band}
      {isPhone && (
        <Tabs
          label="Parts of the dialog"
          value={pane}
          onChange={setPane}
          tabs={[
            { value: 'message', label: 'Message' },
            { value: 'preview', label: 'Preview' },
          ]}
          className="flex-none border-b border-line px-4"
          listClassName="h-11"
        />
      )}
      <div className="grid min-h-0 flex-1 desk:grid-cols-[minmax(0,1fr)_minmax(0,512px)] desk:max-wide:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <section
          aria-label="Message"
          className={cx(
            'flex min-h-0 flex-col overflow-y-auto px-5 pb-5 max-desk:px-4',
            isPhone && pane !== 'message' && 'hidden',
          )}
        >
          {message}
        </section>
        <section
          aria-label="Preview"
          className={cx(
            'flex min-h-0 flex-col overflow-y-auto border-line bg-canvas px-5 pb-5 max-desk:px-4 desk:border-l dark:bg-surface',
            isPhone && pane !== 'preview' && 'hidden',
          )}
        >
          {preview}
        </section>
      </div>
      {failure}
    </div>
  );
}
