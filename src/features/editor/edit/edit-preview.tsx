import { lazy, Suspense } from 'react';
import { updateMessageCall } from '@/azure/operations/messages';
import type { Account } from '@/azure/protocol/model';
import { secondsToKeep } from '@/bulk/work/lease-actions';
import type { MessageRecord } from '@/messages/record';
import { queueTarget } from '@/queries/queue-target';
import { CodeView } from '@/ui/code/code-view';
import { languageOf } from '../fields/body-language';
import { RequestPreview } from '../preview/request-preview';
import { type Conflict, isCompared } from './conflict';
import type { Edit } from './use-edit-draft';

const CompareTexts = lazy(() => import('./compare-texts'));

type EditPreviewProps = {
  account: Account;
  queue: string;
  id: string;
  record: MessageRecord | undefined;
  edit: Edit;
  conflict: Conflict;
  /** Seconds from now; undefined to keep the lease to its end. */
  visibilityTimeout: number | undefined;
};

/** The request that saving would send, and the text before the edit or the comparison of a conflict. */
export function EditPreview({ account, queue, id, record, edit, conflict, visibilityTimeout }: EditPreviewProps) {
  const { wire, text, nowText, originalText } = edit;
  const compared = isCompared(conflict) ? nowText : undefined;
  return (
    <>
      {compared !== undefined && (
        <Suspense>
          <CompareTexts base={originalText} now={compared} mine={text} />
        </Suspense>
      )}
      <RequestPreview
        endpoint={account.endpoint}
        call={updateMessageCall(
          queue,
          { id, receipt: record?.lease?.receipt ?? '' },
          {
            text: wire ?? '',
            visibilityTimeout: visibilityTimeout ?? secondsToKeep(queueTarget(account, queue), id),
          },
        )}
        pending={wire === undefined ? 'Packing' : undefined}
      />
      {compared === undefined && (
        <>
          <h3 className="flex h-11 flex-none items-center text-13 font-semibold">Before</h3>
          <CodeView
            label="Text before the edit"
            text={originalText}
            language={languageOf(originalText)}
            wrap
            className="min-h-30 flex-1 rounded-8 border border-line-strong bg-raised dark:bg-sunken"
          />
        </>
      )}
    </>
  );
}
