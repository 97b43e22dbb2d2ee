import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import type { Layer } from '@/azure/bodies/encode-layers';
import { describeError } from '@/azure/diagnosis/failure-text';
import { putMessageCall } from '@/azure/operations/messages';
import type { Account } from '@/azure/protocol/model';
import type { RecordedDraft } from '@/messages/drafts';
import { isDeleted } from '@/messages/record';
import { loadedMessages, sendMessage } from '@/queries/messages';
import { useAccount } from '@/queries/use-account';
import { drafts as editDrafts } from '@/state/messages/drafts';
import { formDrafts } from '@/state/messages/form-drafts';
import { recordsOf } from '@/state/messages/records';
import { Badge } from '@/ui/controls/badge';
import { Checkbox } from '@/ui/controls/checkbox';
import { secondsOf } from '@/ui/format/time-span';
import { Dialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { BodyPane } from './body-pane';
import { CheckAdded } from './check-added';
import { CodeTabs } from './code-tabs';
import { EditDraftsMenu } from './edit-drafts-menu';
import { EditorFoot } from './editor-foot';
import { EditorLayout } from './editor-layout';
import { EncodingField } from './encoding-field';
import { FailureStrip, isAmbiguous, notAddedTitle } from './failure-strip';
import { bodyBytes, emptyForm, formProblems, hasContent, type MessageForm, wireSize, writtenIn } from './message-form';
import { TimeToLive, VisibilityDelay } from './message-times';
import { encodingHabit } from './queue-encoding';
import { RequestPreview } from './request-preview';
import { RestoredNote } from './restored-note';
import { SendKeys } from './send-keys';
import { SizeMeter } from './size-meter';
import { TemplateMenu } from './template-menu';
import { announceSent } from './undo-send';
import { useFocusText } from './use-focus-text';
import { useFormDraft } from './use-form-draft';
import { useIsOpen } from './use-is-open';
import { useOneAtATime } from './use-one-at-a-time';

type AddMessageDialogProps = {
  /** `Account.id` */
  connectionId: string;
  queue: string;
  /** A body to begin with, in place of a kept draft. */
  text?: string | undefined;
  /** What that body was packed in, when it is a draft of an edit. */
  layers?: readonly Layer[] | undefined;
  onClose: () => void;
};

const drafts = formDrafts<MessageForm>('add message');

/** Writes a message and sends it, with what goes over the wire shown beside it. */
export default function AddMessageDialog(props: AddMessageDialogProps) {
  const account = useAccount(props.connectionId);
  // Asked for with another text or queue, it begins anew.
  return (
    account && <AddMessage key={JSON.stringify([props.queue, props.text, props.layers])} {...props} account={account} />
  );
}

function AddMessage({
  account,
  connectionId,
  queue,
  text,
  layers,
  onClose,
}: AddMessageDialogProps & { account: Account }) {
  const client = useQueryClient();
  // What is in the cache is enough for a hint; asking for it would peek at a queue that nobody looks at.
  const [habit] = useState(() => encodingHabit(loadedMessages(account, queue).slice(0, 32)));
  const usual = habit?.encoding ?? 'text';
  const [kept] = useState(() => (text === undefined ? drafts.find(connectionId, queue) : undefined));
  const [form, setForm] = useState<MessageForm>(
    kept ?? { ...emptyForm(usual, text), ...(layers && writtenIn(layers)) },
  );
  const [packing, setPacking] = useState(form.layers);
  const [isRestored, setRestored] = useState(kept !== undefined);
  const [keepOpen, setKeepOpen] = useState(false);
  /** Added, and nothing was written since: a key that is pressed twice must not add another one. */
  const [isSpent, setSpent] = useState(false);
  /** The draft of an edit that it began with. */
  const [used, setUsed] = useState<RecordedDraft>();
  const latest = useRef(form);
  const send = useMutation(sendMessage(account, queue));
  const oneAtATime = useOneAtATime();
  const isOpen = useIsOpen();

  const { draft, whole } = useFormDraft(form);
  const size = wireSize(bodyBytes(form.body), draft.text);
  const problems = formProblems(form, size);
  const reason =
    problems.body?.message ?? problems.timeToLive ?? problems.delay ?? (isSpent ? 'Write the next message' : undefined);
  const skew = account.clockSkew() ?? 0;
  const { editor, pane, setPane, focusText } = useFocusText();

  function put(next: MessageForm) {
    latest.current = next;
    setForm(next);
  }

  function change(part: Partial<MessageForm>) {
    const next = { ...form, ...part };
    put(next);
    setRestored(false);
    setSpent(false);
    if (send.isError) send.reset();
    if (hasContent(next)) drafts.keep(next, connectionId, queue);
    else drafts.drop(connectionId, queue);
  }

  const submit = () =>
    oneAtATime(async () => {
      if (reason !== undefined) return;
      try {
        // Who is faster than the packing need not press again.
        const sending = await whole();
        const sent = await send.mutateAsync(sending);
        announceSent(client, account, queue, sent, sending.text);
        if (used) dropUsed(used);
        if (drafts.find(connectionId, queue) === form) drafts.drop(connectionId, queue);
        // What was written while it was on its way is the next message.
        if (!isOpen() || latest.current !== form) return;
        if (!keepOpen) return onClose();
        put({ ...form, body: { kind: 'text', text: '' } });
        setSpent(true);
      } catch (error) {
        // Shown in the form by the state of the mutation, while there is a form.
        if (isOpen()) return;
        toast({
          title: notAddedTitle(error),
          detail: `${describeError(error).reason} Its draft is kept.`,
          tone: 'danger',
        });
      }
    });

  return (
    <Dialog
      size="editor"
      title="Add message"
      subtitle={
        <>
          <span className="text-text-3">to</span>
          <Badge className="min-w-0 shrink!">
            <span className="truncate">{queue}</span>
          </Badge>
        </>
      }
      onClose={onClose}
      footer={
        <EditorFoot
          label={send.isPending ? 'Adding message' : 'Add message'}
          reason={reason}
          isPending={send.isPending}
          onSend={() => void submit()}
          onClose={onClose}
        >
          <Checkbox
            label="Keep open to add another"
            checked={keepOpen}
            onChange={setKeepOpen}
            className="mr-auto text-text-2"
          >
            <span className="max-desk:hidden">Keep open to add another</span>
            <span className="desk:hidden">Keep open</span>
          </Checkbox>
        </EditorFoot>
      }
    >
      <SendKeys onSend={() => void submit()}>
        <EditorLayout
          pane={pane}
          onPane={setPane}
          message={
            <>
              <BodyPane
                ref={editor}
                body={form.body}
                onChange={(body) => change(body.kind === 'file' ? { body, ...AS_BASE64 } : { body })}
                problem={problems.body}
                onUseBase64={() => {
                  change(AS_BASE64);
                  focusText();
                }}
                templates={
                  <>
                    <EditDraftsMenu
                      connectionId={connectionId}
                      queue={queue}
                      onUse={(edited) => {
                        setUsed(edited);
                        const written = writtenIn(edited.layers);
                        setPacking(written.layers);
                        change({ body: { kind: 'text', text: edited.text }, ...written });
                      }}
                    />
                    <TemplateMenu
                      connectionId={connectionId}
                      queue={queue}
                      text={form.body.kind === 'text' ? form.body.text : undefined}
                      onUse={(template) => change({ body: { kind: 'text', text: template } })}
                    />
                  </>
                }
                note={
                  isRestored && (
                    <RestoredNote
                      onDiscard={() => {
                        change(emptyForm(usual));
                        focusText();
                      }}
                    />
                  )
                }
              />
              <div className="flex-none pt-4">
                <SizeMeter size={size} {...(form.layers && { adds: 'Encoding' })} />
              </div>
              <div className="grid flex-none gap-4 pt-4 desk:grid-cols-[auto_1fr_1fr] desk:max-wide:grid-cols-1">
                <EncodingField form={form} packing={packing} habit={habit} onChange={change} />
                <TimeToLive
                  value={form.timeToLive}
                  onChange={(timeToLive) => change({ timeToLive })}
                  error={problems.timeToLive}
                  skew={skew}
                />
                <VisibilityDelay
                  value={form.delay}
                  onChange={(delay) => change({ delay })}
                  error={problems.delay}
                  skew={skew}
                />
              </div>
            </>
          }
          preview={
            <>
              <RequestPreview endpoint={account.endpoint} call={putMessageCall(queue, draft)} />
              <CodeTabs
                sending={{
                  endpoint: account.endpoint,
                  accountName: account.name,
                  queue,
                  // A program sends what was packed as it is.
                  body: form.layers ? { kind: 'text', text: draft.text } : form.body,
                  encoding: form.layers ? 'text' : form.encoding,
                  timeToLive: form.timeToLive === 'never' ? 'never' : secondsOf(form.timeToLive),
                  visibilityDelay: secondsOf(form.delay),
                }}
              />
            </>
          }
          failure={
            send.isError &&
            (isAmbiguous(send.error) ? (
              <CheckAdded account={account} queue={queue} draft={draft} error={send.error} />
            ) : (
              <FailureStrip error={send.error} done="added" />
            ))
          }
        />
      </SendKeys>
    </Dialog>
  );
}

/** The draft of an edit whose message is gone has become this message. */
function dropUsed({ ref, id }: RecordedDraft) {
  const record = recordsOf(ref.connectionId, ref.queue).get(id);
  if (!record || isDeleted(record)) editDrafts.drop({ ...ref, id });
}

const AS_BASE64 = { encoding: 'base64', layers: undefined } as const;
