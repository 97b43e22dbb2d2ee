import { useMutation } from '@tanstack/react-query';
import { Hourglass } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import type { Account } from '@/azure/account';
import { bytesToBase64 } from '@/azure/body-base64';
import type { Layer } from '@/azure/body-layers';
import { updateMessage } from '@/queries/messages';
import { type Lease, leaseRemaining } from '@/state/leases';
import { Badge } from '@/ui/badge';
import { Button } from '@/ui/button';
import { CodeView } from '@/ui/code-view';
import { Dialog } from '@/ui/dialog';
import { Strip } from '@/ui/failure';
import { clockTime, countdown } from '@/ui/relative-time';
import { toast } from '@/ui/toast-store';
import { useNow } from '@/ui/use-now';
import { type AfterSaving, AfterSavingFields, afterSavingProblem, visibilityOf } from './after-saving';
import { languageOf } from './body-language';
import { BodyPane } from './body-pane';
import { type EditDraft, editDrafts, type OpenedText } from './edit-draft';
import { EditorLayout } from './editor-layout';
import { FailureStrip } from './failure-strip';
import { LeaseLost } from './lease-lost';
import { bodyBytes, bodyProblem, wireSize } from './message-form';
import { RequestPreview } from './request-preview';
import { explain } from './send-failure';
import { SizeMeter } from './size-meter';
import { useWireText } from './use-wire-text';
import { updateRequest } from './wire-request';

/** Milliseconds of a lease at which to offer more. */
const SHORT = 10_000;
/** Seconds: extending to edit on gives at least a minute. */
const LEAST_EXTENSION = 60;

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
  const [{ isRestored, ...draft }, setDraft] = useState(opened);
  const [after, setAfter] = useState<AfterSaving>({ choice: 'keep', span: { amount: 5, unit: 'minutes' } });
  const save = useMutation(updateMessage(account, queue));
  const extend = useMutation(updateMessage(account, queue));
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
    setDraft({ ...next, isRestored: false });
    if (save.isError) save.reset();
    if (next.text === next.original) editDrafts.drop(...place);
    else editDrafts.keep(next, ...place);
  }

  async function submit() {
    if (reason !== undefined || wire === undefined || save.isPending) return;
    try {
      const renewed = await save.mutateAsync({ lease, visibilityTimeout, text: wire });
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

  function press(event: KeyboardEvent) {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    void submit();
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
              aria-label={`Lease, ${Math.ceil(remaining / 1000)} seconds left`}
              className={remaining > SHORT ? 'font-semibold text-leased' : 'font-semibold text-warn'}
            >
              {countdown(remaining)}
            </span>
          )}
        </>
      }
      onClose={onClose}
      footer={
        <>
          <span className="mr-auto text-12 text-text-3 max-desk:hidden">{layersNote(layers)}</span>
          <Button size="lg" kbd="Esc" onClick={onClose}>
            Cancel
          </Button>
          <Button
            size="lg"
            variant="primary"
            kbd="Ctrl ⏎"
            disabled={reason !== undefined || save.isPending}
            title={reason}
            onClick={() => void submit()}
          >
            {save.isPending ? 'Saving message' : 'Save message'}
          </Button>
        </>
      }
    >
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- a key that works in all of the form */}
      <div className="h-full" onKeyDown={press}>
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
                onLeave={onClose}
              />
            ) : (
              remaining <= SHORT && (
                <Strip
                  tone="warn"
                  icon={<Hourglass />}
                  title={`The lease ends at ${clockTime(lease.endsAt)}`}
                  action={
                    <Button
                      disabled={extend.isPending}
                      onClick={() =>
                        extend.mutate({ lease, visibilityTimeout: Math.max(lease.total, LEAST_EXTENSION) })
                      }
                    >
                      Extend
                    </Button>
                  }
                >
                  After that the message is visible again and saving would fail.
                </Strip>
              )
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
                    {isRestored && (
                      <span className="ml-2 flex items-center gap-1 text-12 text-text-3">
                        Draft restored
                        <Button variant="link" onClick={() => change({ ...draft, text: draft.original })}>
                          Discard draft
                        </Button>
                      </span>
                    )}
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
              <div className="flex-none pt-4">
                <SizeMeter size={size} adds={layers.length > 1 ? 'Encoding' : 'Base64'} />
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
          failure={save.isError && !isLost && <FailureStrip failure={explain(save.error, 'saved')} onLeave={onClose} />}
        />
      </div>
    </Dialog>
  );
}

const LAYER_NAMES: Record<Layer, string> = { base64: 'Base64', gzip: 'gzip', zlib: 'zlib' };

/** What saving does to the text besides sending it. */
function layersNote(layers: readonly Layer[]) {
  if (layers.length === 0) return 'Saved as plain text, as it was';
  const names = layers.map((layer) => LAYER_NAMES[layer]).toReversed();
  return layers.length === 1
    ? 'Saved as Base64, as it was'
    : `Packed again on saving: ${names.join(', then ')}, as it was`;
}
