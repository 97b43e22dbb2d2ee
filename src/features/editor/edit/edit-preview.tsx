import { SampleTabs } from '@/actions/sample-tabs';
import { updateMessageCall } from '@/azure/operations/messages';
import type { Account } from '@/azure/protocol/model';
import { secondsToKeep } from '@/bulk/work/lease-actions';
import type { MessageRecord } from '@/messages/record';
import { queueTarget } from '@/queries/queue-target';
import { CodeView } from '@/ui/code/code-view';
import { quietPart } from '@/ui/parts/lazy-part';
import { languageOf } from '../fields/body-language';
import { RequestPreview } from '../preview/request-preview';
import { type Conflict, isCompared } from './conflict';
import type { Edit } from './use-edit-draft';

const CompareTexts = quietPart(async () => (await import('./compare-texts')).default);

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

/** The request that saving would send, also as code, and the text before the edit or the comparison of a conflict. */
export function EditPreview({ account, queue, id, record, edit, conflict, visibilityTimeout }: EditPreviewProps) {
  const { wire, text, layers, nowText, originalText } = edit;
  const compared = isCompared(conflict) ? nowText : undefined;
  const message = { id, receipt: record?.lease?.receipt ?? '' };
  const change = {
    text: wire ?? '',
    visibilityTimeout: visibilityTimeout ?? secondsToKeep(queueTarget(account, queue), id),
  };
  return (
    <>
      {compared !== undefined && <CompareTexts base={originalText} now={compared} mine={text} />}
      <RequestPreview
        endpoint={account.endpoint}
        call={updateMessageCall(queue, message, change)}
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
          <SampleTabs
            operation={{
              name: 'Update Message',
              queue,
              message,
              visibilityTimeout: change.visibilityTimeout,
              body:
                layers.join() === 'base64'
                  ? { kind: 'text', text, encoding: 'base64' }
                  : { kind: 'text', text: change.text, encoding: 'text' },
            }}
            where={{ endpoint: account.endpoint, accountName: account.name }}
            className="mt-2 min-h-50 flex-1"
          />
        </>
      )}
    </>
  );
}
