import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Account } from '@/azure/account';
import { bytesToBase64 } from '@/azure/body-base64';
import { wrapText } from '@/azure/body-layers';
import { saveMessage } from '@/queries/messages';
import { currentLease, type Lease, leaseRemaining } from '@/state/leases';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { CodeView } from '@/ui/code-view';
import { Dialog } from '@/ui/dialog';
import { clockTime, countdown } from '@/ui/relative-time';
import { spokenTime } from '@/ui/time-span';
import { toast } from '@/ui/toast-store';
import { useNow } from '@/ui/use-now';
import { type AfterSaving, AfterSavingFields, afterSavingProblem, visibilityOf } from './after-saving';
import { languageOf } from './body-language';
import { BodyPane } from './body-pane';
import { type EditDraft, editDrafts, type OpenedText } from './edit-draft';
import { EditorFoot } from './editor-foot';
import { EditorLayout } from './editor-layout';
import { FailureStrip } from './failure-strip';
import { layersNote } from './layers-note';
import { LeaseEnding } from './lease-ending';
import { LeaseLost } from './lease-lost';
import { bodyBytes, bodyProblem, wireSize } from './message-form';
import { RequestPreview } from './request-preview';
import { RestoredNote } from './restored-note';
import { SendKeys } from './send-keys';
import { SizeMeter } from './size-meter';
import { useWireText } from './use-wire-text';
import { updateRequest } from './wire-request';

/** Milliseconds of a lease at which to offer more. */
const SHORT = 10_000;

type EditMessageProps = {
  account: Account;
  queue: string;
  lease: Lease;
  isForgotten: boolean;
  opened: OpenedText;
  onClose: () => void;
};

export function EditMessage({ account, queue, lease, isForgotten, opened, onClose }: EditMessageProps) {
  const now = useNow();
  const [{ isRestored, raw, ...draft }, setDraft] = useState(opened);
  const [after, setAfter] = useState<AfterSaving>({ choice: 'keep', span: { amount: 5, unit: 'minutes' } });
  const save = useMutation(saveMessage(account, queue));
  const place = [account.id, queue, lease.id] as const;

  const { text, layers } = draft;
  const body = { kind: 'text' as const, text };
  const wire = useWireText(text, layers);
  const size = wireSize(bodyBytes(body), wire ?? '');
  const problem = bodyProblem({ body, encoding: layers.length > 0 ? 'base64' : 'text' }, size);
  const remaining = leaseRemaining(lease, now);
  const isLost = isForgotten || lease.state !== 'held';
  const visibilityTimeout = visibilityOf(after, lease, now);
  const reason = isLost ? 'Saving needs a lease' : (problem?.message ?? afterSavingProblem(after));

  function change(next: EditDraft) {
    setDraft({ ...next, isRestored: false, raw });
    if (save.isError) save.reset();
    if (next.text === next.original) editDrafts.drop(...place);
    else editDrafts.keep(next, ...place);
  }

  async function submit() {
    if (reason !== undefined || save.isPending) return;
    try {
      // Who is faster than the packing need not press again.
      const packed = wire ?? (await wrapText(text, layers));
      await save.mutateAsync({
        id: lease.id,
        text: packed,
        visibilityTimeout: after.choice === 'keep' ? undefined : visibilityTimeout,
      });
      const renewed = currentLease(lease);
      editDrafts.drop(...place);
      toast({
        title: 'Message saved',
        detail: renewed ? `Leased by you until ${clockTime(renewed.endsAt)}` : 'Lease released',
        tone: 'success',
      });
      onClose();
    } catch {
      // Shown in the form by the state of the mutation.
    }
  }

  return (
    <Dialog
      size="editor"
      title="Edit message"
      subtitle={
        <>
          <Badge className="font-mono">{lease.id.slice(0, 8)}</Badge>
          {!isLost && (
            <span
              role="timer"
              aria-label={`Lease, ${spokenTime(Math.ceil(remaining / 1000))} left`}
              className={remaining > SHORT ? 'font-semibold text-leased' : 'font-semibold text-warn'}
            >
              {countdown(remaining)}
            </span>
          )}
        </>
      }
      onClose={onClose}
      footer={
        <EditorFoot
          label={save.isPending ? 'Saving message' : 'Save message'}
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
          band={
            isLost ? (
              <LeaseLost
                account={account}
                queue={queue}
                lease={lease}
                isForgotten={isForgotten}
                text={text}
                error={save.error}
                onLeased={save.reset}
              />
            ) : (
              remaining <= SHORT && <LeaseEnding account={account} queue={queue} lease={lease} />
            )
          }
          message={
            <>
              <BodyPane
                body={body}
                onChange={(next) =>
                  change(
                    next.kind === 'text'
                      ? { ...draft, text: next.text }
                      : { ...draft, text: bytesToBase64(next.bytes), layers: [] },
                  )
                }
                problem={problem}
                onUseBase64={() => change({ ...draft, layers: ['base64'] })}
                note={
                  <>
                    {isRestored && <RestoredNote onDiscard={() => change({ ...draft, text: draft.original })} />}
                    {layers.length > 0 && text === draft.original && (
                      <Button
                        variant="link"
                        className="ml-2 text-12"
                        onClick={() => change({ ...draft, original: draft.wire, text: draft.wire, layers: [] })}
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
                <AfterSavingFields value={after} onChange={setAfter} lease={lease} now={now} />
              </div>
            </>
          }
          preview={
            <>
              <RequestPreview
                request={updateRequest(account.endpoint, queue, lease, { text: wire ?? '', visibilityTimeout })}
                pending={wire === undefined ? 'Packing' : undefined}
              />
              <h3 className="flex h-11 flex-none items-center text-13 font-semibold">Before</h3>
              <CodeView
                label="Text before the edit"
                text={draft.original}
                language={languageOf(draft.original)}
                wrap
                className="min-h-30 flex-1 rounded-8 border border-line-strong bg-raised dark:bg-sunken"
              />
            </>
          }
          failure={save.isError && !isLost && <FailureStrip error={save.error} deed="saved" />}
        />
      </SendKeys>
    </Dialog>
  );
}
