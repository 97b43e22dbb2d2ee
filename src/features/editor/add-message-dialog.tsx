import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { SampleTabs } from '@/actions/sample-tabs';
import type { Layer } from '@/azure/bodies/encode-layers';
import { describeError } from '@/azure/diagnosis/failure-text';
import { putMessageCall } from '@/azure/operations/messages';
import type { Account } from '@/azure/protocol/model';
import { placeholdersIn, sendQuestion } from '@/bulk/files/unasked';
import type { RecordedDraft } from '@/messages/drafts';
import { encodingHabit } from '@/messages/encoding-habit';
import { isDeleted } from '@/messages/record';
import { loadedMessages, sendMessage } from '@/queries/messages';
import { useAccount } from '@/queries/use-account';
import { drafts as editDrafts } from '@/state/messages/drafts';
import { formDrafts } from '@/state/messages/form-drafts';
import { recordsOf } from '@/state/messages/records';
import { Checkbox } from '@/ui/controls/checkbox';
import { useQuestion } from '@/ui/feedback/use-question';
import { DialogQueue } from '@/ui/overlay/dialog-queue';
import { toast } from '@/ui/overlay/toast-store';
import { secondsOf } from '@/words/spans';
import { EditorDialog } from './dialog/editor-dialog';
import { FailureStrip, isAmbiguous, notAddedTitle } from './dialog/failure-strip';
import { useFocusText } from './dialog/use-focus-text';
import { useSubmission } from './dialog/use-submission';
import { BodyPane, RestoredNote } from './fields/body-pane';
import { EditDraftsMenu } from './fields/edit-drafts-menu';
import { EncodingField } from './fields/encoding-field';
import { TimeToLive, VisibilityDelay } from './fields/message-times';
import { SizeMeter } from './fields/size-meter';
import { TemplateMenu } from './fields/template-menu';
import {
  bodyBytes,
  emptyForm,
  encodingOf,
  formProblems,
  hasContent,
  type MessageForm,
  wireSize,
} from './form/message-form';
import { useFormDraft } from './form/use-wire-text';
import { RequestPreview } from './preview/request-preview';
import { CheckAdded } from './sent/check-added';
import { announceSent } from './sent/undo-send';

type AddMessageDialogProps = {
  connectionId: string;
  queue: string;
  /** A body to start with, instead of the saved draft. */
  text?: string | undefined;
  /** The layers that the body was unpacked from, when it is the draft of an edit. */
  layers?: readonly Layer[] | undefined;
  onClose: () => void;
};

const drafts = formDrafts<MessageForm>('add message');

/** Writes and sends a message, beside a preview of its request. */
export default function AddMessageDialog(props: AddMessageDialogProps) {
  const account = useAccount(props.connectionId);
  // Another queue or text starts a new form.
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
  // The cache is enough for a hint: a request would peek at a queue that nobody looks at.
  const [habit] = useState(() => encodingHabit(loadedMessages(account, queue).slice(0, 32)));
  const queueEncoding = habit?.encoding ?? 'text';
  const [restored] = useState(() => (text === undefined ? drafts.find(connectionId, queue) : undefined));
  const [form, setForm] = useState<MessageForm>(
    restored ?? { ...emptyForm(queueEncoding, text), ...(layers && encodingOf(layers)) },
  );
  const [packing, setPacking] = useState(form.layers);
  const [isRestored, setRestored] = useState(restored !== undefined);
  const [keepOpen, setKeepOpen] = useState(false);
  /** The message was added and nothing was written since: a second press must not add it again. */
  const [isAdded, setAdded] = useState(false);
  /** The draft of an edit that the form took over. */
  const [used, setUsed] = useState<RecordedDraft>();
  const latest = useRef(form);
  const send = useMutation(sendMessage(account, queue));
  const { once, isOpen } = useSubmission();
  const written = form.body.kind === 'text' ? form.body.text : undefined;
  const isEmpty = form.body.kind === 'file' ? form.body.bytes.length === 0 : form.body.text === '';
  const placeholders = written === undefined ? [] : placeholdersIn(written);
  const question = useQuestion(isAdded ? undefined : sendQuestion({ empty: isEmpty ? 1 : 0, placeholders }, 1));

  const { draft, completeDraft } = useFormDraft(form);
  const size = wireSize(bodyBytes(form.body), draft.text);
  const problems = formProblems(form, size);
  const reason =
    problems.body?.message ?? problems.timeToLive ?? problems.delay ?? (isAdded ? 'Write the next message' : undefined);
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
    setAdded(false);
    if (send.isError) send.reset();
    if (hasContent(next)) drafts.keep(next, connectionId, queue);
    else drafts.drop(connectionId, queue);
  }

  const submit = () =>
    once(async () => {
      if (reason !== undefined || !question.mayGo()) return;
      try {
        // Waits for the packing, so that the person need not press again.
        const sending = await completeDraft();
        const sent = await send.mutateAsync(sending);
        announceSent(client, account, queue, sent, sending.text);
        if (used) dropIfDeleted(used);
        if (drafts.find(connectionId, queue) === form) drafts.drop(connectionId, queue);
        // A text that was written meanwhile is the next message.
        if (!isOpen() || latest.current !== form) return;
        if (!keepOpen) return onClose();
        put({ ...form, body: { kind: 'text', text: '' } });
        setAdded(true);
      } catch (error) {
        // An open form shows the error itself.
        if (isOpen()) return;
        toast({
          title: notAddedTitle(error),
          detail: `${describeError(error).reason} The draft is kept.`,
          tone: 'danger',
        });
      }
    });

  return (
    <EditorDialog
      title="Add message"
      subtitle={<DialogQueue preposition="to" queue={queue} />}
      label={send.isPending ? 'Adding message' : addText(question.isAsked, isEmpty)}
      reason={reason}
      isPending={send.isPending}
      onSend={() => void submit()}
      onClose={onClose}
      note={
        <Checkbox checked={keepOpen} onChange={setKeepOpen} className="mr-auto text-text-2">
          <span className="max-desk:hidden">Keep open to add another</span>
          <span className="desk:hidden">Keep open</span>
        </Checkbox>
      }
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
                    const encoding = encodingOf(edited.layers);
                    setPacking(encoding.layers);
                    change({ body: { kind: 'text', text: edited.text }, ...encoding });
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
                    change(emptyForm(queueEncoding));
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
          <SampleTabs
            operation={{
              name: 'Put Message',
              queue,
              // A program sends packed text as it is.
              body: form.layers
                ? { kind: 'text', text: draft.text, encoding: 'text' }
                : form.body.kind === 'file'
                  ? form.body
                  : { ...form.body, encoding: form.encoding },
              timeToLive: form.timeToLive === 'never' ? 'never' : secondsOf(form.timeToLive),
              visibilityDelay: secondsOf(form.delay),
            }}
            where={{ endpoint: account.endpoint, accountName: account.name }}
            className="mt-2 min-h-50 flex-1"
          />
        </>
      }
      failure={
        send.isError ? (
          isAmbiguous(send.error) ? (
            <CheckAdded account={account} queue={queue} draft={draft} error={send.error} />
          ) : (
            <FailureStrip error={send.error} done="added" />
          )
        ) : (
          question.strip
        )
      }
    />
  );
}

/** On the button that sends: what is confirmed by it, once that was asked. */
const addText = (isAsked: boolean, isEmpty: boolean) =>
  isAsked ? (isEmpty ? 'Add empty message' : 'Add as written') : 'Add message';

/** Drops the draft of an edit that has become this message, if its own message is deleted. */
function dropIfDeleted({ ref, id }: RecordedDraft) {
  const record = recordsOf(ref.connectionId, ref.queue).get(id);
  if (!record || isDeleted(record)) editDrafts.drop({ ...ref, id });
}

const AS_BASE64 = { encoding: 'base64', layers: undefined } as const;
