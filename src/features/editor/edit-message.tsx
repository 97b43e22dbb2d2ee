import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { bytesToBase64 } from '@/azure/bodies/base64';
import { type Unwrapped, wrapText } from '@/azure/bodies/encode-layers';
import type { Step } from '@/azure/bodies/model';
import { describeError } from '@/azure/diagnosis/failure-text';
import type { Account } from '@/azure/protocol/model';
import { serviceTime } from '@/bulk/requests/service-time';
import { isRefusedReceipt, LostAnswer } from '@/bulk/requests/uncertain-outcome';
import type { EditDraft } from '@/messages/drafts';
import type { MessageRecord, QueueRef } from '@/messages/record';
import { saveMessage } from '@/queries/messages';
import { queueTarget } from '@/queries/queue-target';
import { currentLease, leaseRemaining, useLease } from '@/state/leases/leases';
import { drafts } from '@/state/messages/drafts';
import { useNow } from '@/ui/browser/use-now';
import { Badge } from '@/ui/controls/badge';
import { Button } from '@/ui/controls/button';
import { countdown } from '@/ui/format/relative-time';
import { spokenTime } from '@/ui/format/time-span';
import { Dialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { type AfterSaving, AfterSavingFields, afterSavingProblem, visibilityOf } from './after-saving';
import { BodyPane } from './body-pane';
import { choiceText, isCompared, replacedBy, undecidedReason } from './conflict';
import { EditBands } from './edit-bands';
import { EditPreview } from './edit-preview';
import { EditorFoot } from './editor-foot';
import { EditorLayout } from './editor-layout';
import { FailureStrip } from './failure-strip';
import { layersNote } from './layers-note';
import { isAboutToEnd } from './lease-ending';
import { bodyBytes, bodyProblem, wireSize } from './message-form';
import { obstacleReason, obstacleTo } from './obstacle';
import { RestoredNote } from './restored-note';
import { savedText } from './saved-text';
import { SendKeys } from './send-keys';
import { SizeMeter } from './size-meter';
import { useEditDraft } from './use-edit-draft';
import { useFocusText } from './use-focus-text';
import { useIsOpen } from './use-is-open';
import { useLeaseAgain } from './use-lease-again';
import { useOneAtATime } from './use-one-at-a-time';

type EditMessageProps = {
  account: Account;
  messageRef: QueueRef & { id: string };
  /** What is known of the message. */
  record: MessageRecord | undefined;
  /** What the edit begins with: the message, or what was left of an earlier edit. */
  start: EditDraft;
  /** The text that it began with, without its layers. */
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
  const save = useMutation(saveMessage(account, queue));
  const oneAtATime = useOneAtATime();
  const isOpen = useIsOpen();

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
  const isHeld = obstacle === undefined && lease !== undefined;
  const remaining = lease ? leaseRemaining(lease, now) : 0;
  const isShort = isAboutToEnd(remaining);
  // What a save that is under way changes is no news.
  const conflict = save.isPending ? 'none' : edit.conflict;
  const by = drafts.find(messageRef)?.by;

  const body = { kind: 'text' as const, text };
  const size = wireSize(bodyBytes(body), wire ?? '');
  const problem = bodyProblem({ body, encoding: layers.length > 0 ? 'base64' : 'text' }, size);
  const visibilityTimeout = visibilityOf(after);
  const reason = obstacleReason(obstacle) ?? undecidedReason(conflict) ?? problem?.message ?? afterSavingProblem(after);

  const { editor, pane, setPane, focusText } = useFocusText();

  function changed() {
    setDraftNew(false);
    if (save.isError) save.reset();
  }

  const submit = () =>
    oneAtATime(async () => {
      if (reason !== undefined) return;
      try {
        // Who is faster than the packing need not press again.
        const packed = wire ?? (await wrapText(text, layers));
        await save.mutateAsync({ id, text: packed, visibilityTimeout, replaces: replacedBy(edit.conflict, edit) });
        const hasMore = edit.saved(text, packed);
        toast({ title: 'Message saved', detail: savedText(currentLease(messageRef)), tone: 'success' });
        if (isOpen() && !hasMore) onClose();
      } catch (error) {
        // Shown in the form by the state of the mutation, while there is a form.
        if (isOpen()) return;
        toast({
          title: 'Message not saved, its draft is kept',
          detail: describeError(error).reason,
          tone: 'danger',
        });
      }
    });

  return (
    <Dialog
      size="editor"
      title="Edit message"
      subtitle={
        <>
          <Badge className="font-mono">{id.slice(0, 8)}</Badge>
          {isHeld && (
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
      onClose={onClose}
      footer={
        <EditorFoot
          label={save.isPending ? 'Saving message' : conflict === 'decided' ? choiceText(by).save : 'Save message'}
          reason={reason}
          isPending={save.isPending}
          onSend={() => void submit()}
          onClose={onClose}
        >
          <span className="mr-auto text-12 text-text-3 max-desk:hidden">{layersNote(layers, raw)}</span>
        </EditorFoot>
      }
    >
      <SendKeys onSend={() => void submit()}>
        <EditorLayout
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
                  edit.change(
                    next.kind === 'text' ? { text: next.text } : { text: bytesToBase64(next.bytes), layers: [] },
                  );
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
              {raw !== undefined && <p className="flex-none pt-2 text-12 text-text-2">Edited as it came. {raw}</p>}
              <div className="flex-none pt-4">
                <SizeMeter size={size} adds={layers.join() === 'base64' ? 'Base64' : 'Encoding'} />
              </div>
              <div className="flex-none pt-4">
                <AfterSavingFields
                  value={after}
                  onChange={setAfter}
                  endsAt={isHeld ? lease.endsAt.getTime() : undefined}
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
            save.isError && !obstacle && !isCompared(conflict) && <FailureStrip error={save.error} done="saved" />
          }
        />
      </SendKeys>
    </Dialog>
  );
}
