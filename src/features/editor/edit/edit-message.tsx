import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { wrapText } from '@/azure/bodies/encode-layers';
import type { Step } from '@/azure/bodies/model';
import type { Unwrapped } from '@/azure/bodies/unwrap-text';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import { placeholdersIn, sendQuestion } from '@/bulk/files/unasked';
import { isRefusedReceipt, LostAnswer } from '@/bulk/requests/outcome';
import { serviceTime } from '@/bulk/requests/queue-target';
import type { EditDraft } from '@/messages/drafts';
import type { MessageRecord, QueueRef } from '@/messages/record';
import { saveMessage } from '@/queries/messages';
import { queueTarget } from '@/queries/queue-target';
import { leaseRemaining, useLease } from '@/state/leases/leases';
import { drafts } from '@/state/messages/drafts';
import { recordsOf } from '@/state/messages/records';
import { useNow } from '@/ui/browser/use-now';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { useQuestion } from '@/ui/feedback/use-question';
import { toast } from '@/ui/overlay/toast-store';
import { spokenTime } from '@/words/spans';
import { countdown } from '@/words/times';
import { EditorDialog } from '../dialog/editor-dialog';
import { FailureStrip } from '../dialog/failure-strip';
import { useFocusText } from '../dialog/use-focus-text';
import { useSubmission } from '../dialog/use-submission';
import { type AfterSaving, AfterSavingFields, afterSavingProblem, visibilityOf } from '../fields/after-saving';
import { BodyPane, RestoredNote } from '../fields/body-pane';
import { SizeMeter } from '../fields/size-meter';
import { layersNote } from '../form/layers-note';
import { bodyBytes, bodyProblem, wireSize } from '../form/message-form';
import { choiceText, isCompared, replacedBy, undecidedReason } from './conflict';
import { EditBands } from './edit-bands';
import { EditPreview } from './edit-preview';
import { isAboutToEnd } from './lease-ending';
import { obstacleReason, obstacleTo } from './obstacle';
import { announceSaved } from './undo-edit';
import { useEditDraft } from './use-edit-draft';
import { useLeaseAgain } from './use-lease-again';

type EditMessageProps = {
  account: Account;
  messageRef: QueueRef & { id: string };
  /** The record of the message. */
  record: MessageRecord | undefined;
  /** The draft that the edit starts with: the message, or an earlier draft of it. */
  start: EditDraft;
  /** The text that the edit starts with, without its layers. */
  opened: Unwrapped;
  isRestored: boolean;
  steps: readonly Step[] | undefined;
  onClose: () => void;
};

export function EditMessage({
  account,
  messageRef,
  record,
  start,
  opened,
  isRestored,
  steps,
  onClose,
}: EditMessageProps) {
  const now = useNow();
  const { queue, id } = messageRef;
  const edit = useEditDraft({ messageRef, record, start, opened, steps });
  const { text, layers, wire, aside, raw, isTouched } = edit;
  const [isDraftNew, setDraftNew] = useState(isRestored);
  const [after, setAfter] = useState<AfterSaving>({ choice: 'keep', span: { amount: 5, unit: 'minutes' } });
  const client = useQueryClient();
  const save = useMutation(saveMessage(account, queue));
  const { once, isOpen } = useSubmission();

  const lease = useLease(account.id, queue, id);
  const [total] = useState(record?.lease?.total ?? 0);
  const work = queueTarget(account, queue);
  const leaseAgain = useLeaseAgain({
    account,
    queue,
    id,
    total: Math.max(total, lease?.total ?? 0),
    obstacle: obstacleTo(record, {
      serviceNow: serviceTime(work, record?.lease?.clockEvidence),
      isMaybeMine: edit.isMaybeMine,
      isRefused: save.error instanceof LostAnswer && isRefusedReceipt(save.error.cause),
    }),
    onLeased() {
      save.reset();
      focusText();
    },
  });
  const { obstacle } = leaseAgain;
  const isLeased = obstacle === undefined && lease !== undefined;
  const remaining = lease ? leaseRemaining(lease, now) : 0;
  const isShort = isAboutToEnd(remaining);
  // A change by the pending save itself is no conflict.
  const conflict = save.isPending ? 'none' : edit.conflict;
  const by = drafts.find(messageRef)?.by;

  const body = { kind: 'text' as const, text };
  const size = wireSize(bodyBytes(body), wire ?? '');
  const problem = bodyProblem({ body, encoding: layers.length > 0 ? 'base64' : 'text' }, size);
  const visibilityTimeout = visibilityOf(after);
  const reason = obstacleReason(obstacle) ?? undecidedReason(conflict) ?? problem?.message ?? afterSavingProblem(after);

  // What the message holds already is no mistake of this edit.
  const added = isTouched ? placeholdersIn(text).filter((one) => !opened.text.includes(one)) : [];
  const question = useQuestion(
    sendQuestion({ empty: isTouched && text === '' && opened.text !== '' ? 1 : 0, placeholders: added }, 1),
  );

  const { editor, pane, setPane, focusText } = useFocusText();

  function changed() {
    setDraftNew(false);
    if (save.isError) save.reset();
  }

  const submit = () =>
    once(async () => {
      if (reason !== undefined || !question.mayGo()) return;
      try {
        // Waits for the packing, so that the person need not press again.
        const packed = wire ?? (await wrapText(text, layers));
        const before = recordsOf(account.id, queue).get(id)?.message?.text;
        await save.mutateAsync({ id, text: packed, visibilityTimeout, replaces: replacedBy(edit.conflict, edit) });
        const hasMore = edit.saved(text, packed);
        announceSaved({ client, account, ref: messageRef, before, after: packed });
        if (isOpen() && !hasMore) onClose();
      } catch (error) {
        // An open form shows the error itself.
        if (isOpen()) return;
        toast({
          title: 'Message not saved, its draft is kept',
          detail: describeError(error).reason,
          tone: 'danger',
        });
      }
    });

  return (
    <EditorDialog
      title="Edit message"
      subtitle={
        <>
          <Badge className="font-mono">{id.slice(0, 8)}</Badge>
          {isLeased && (
            <span
              role="timer"
              aria-label={`Lease, ${spokenTime(Math.ceil(remaining / 1000))} left`}
              className={isShort ? 'font-semibold text-warn' : 'font-semibold text-leased'}
            >
              {countdown(remaining)}
            </span>
          )}
        </>
      }
      label={
        save.isPending
          ? 'Saving message'
          : question.isAsked
            ? text === ''
              ? 'Save empty message'
              : 'Save as written'
            : conflict === 'decided'
              ? choiceText(by).save
              : 'Save message'
      }
      reason={reason}
      isPending={save.isPending}
      onSend={() => void submit()}
      onClose={onClose}
      note={<span className="mr-auto text-12 text-text-3 max-desk:hidden">{layersNote(layers, raw)}</span>}
      pane={pane}
      onPane={setPane}
      previewLabel={isCompared(conflict) ? 'Compare' : 'Preview'}
      band={
        <EditBands
          account={account}
          queue={queue}
          lease={lease}
          isShort={isShort}
          leaseAgain={leaseAgain}
          edit={edit}
          conflict={conflict}
          by={by}
          error={save.error}
          onChosen={focusText}
        />
      }
      message={
        <>
          <BodyPane
            ref={editor}
            body={body}
            onChange={(next) => {
              changed();
              edit.change(next.kind === 'text' ? { text: next.text } : { text: bytesToBase64(next.bytes), layers: [] });
            }}
            problem={problem}
            onUseBase64={() => {
              changed();
              edit.change({ text, layers: ['base64'] });
              focusText();
            }}
            note={
              <>
                {isDraftNew && (isTouched || aside) && (
                  <RestoredNote
                    onDiscard={() => {
                      changed();
                      edit.discard();
                      focusText();
                    }}
                  />
                )}
                {layers.length > 0 && !isTouched && (
                  <Button
                    variant="link"
                    className="ml-2 text-12"
                    onClick={() => {
                      edit.editRaw();
                      focusText();
                    }}
                  >
                    Edit raw text
                  </Button>
                )}
              </>
            }
          />
          {raw !== undefined && <p className="flex-none pt-2 text-12 text-text-2">Edited undecoded. {raw}</p>}
          <div className="flex-none pt-4">
            <SizeMeter size={size} adds={layers.join() === 'base64' ? 'Base64' : 'Encoding'} />
          </div>
          <div className="flex-none pt-4">
            <AfterSavingFields
              value={after}
              onChange={setAfter}
              endsAt={isLeased ? lease.endsAt.getTime() : undefined}
              now={now}
            />
          </div>
        </>
      }
      preview={
        <EditPreview
          account={account}
          queue={queue}
          id={id}
          record={record}
          edit={edit}
          conflict={conflict}
          visibilityTimeout={visibilityTimeout}
        />
      }
      failure={
        save.isError && !obstacle && !isCompared(conflict) ? (
          <FailureStrip error={save.error} done="saved" />
        ) : (
          question.strip
        )
      }
    />
  );
}
