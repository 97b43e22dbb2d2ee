import { clsx as cx } from 'clsx';
import { type ReactNode, useState } from 'react';
import { useIsPhone } from '@/ui/browser/use-media';
import { Tabs } from '@/ui/controls/tabs';

export type EditorPane = 'message' | 'preview';

type EditorLayoutProps = {
  /** The one in sight where there is room for one; kept here when left out. */
  pane?: EditorPane | undefined;
  onPane?: ((pane: EditorPane) => void) | undefined;
  /** What the second one is called. */
  previewLabel?: string | undefined;
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
export function EditorLayout(props: EditorLayoutProps) {
  const { message, preview, band, failure, previewLabel = 'Preview' } = props;
  const isPhone = useIsPhone();
  const [own, setOwn] = useState<EditorPane>('message');
  const { pane = own, onPane: setPane = setOwn } = props;
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
            { value: 'preview', label: previewLabel },
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
