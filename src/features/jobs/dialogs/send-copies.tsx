import { useState } from 'react';
import { guessBase64 } from '@/azure/bodies/base64';
import { decodeBase64ToText, encodeBase64 } from '@/azure/bodies/base64-text';
import { timeToLiveProblem } from '@/azure/protocol/input-rules';
import { textProblem } from '@/azure/protocol/message-text';
import type { Account } from '@/azure/protocol/model';
import { expandTemplate } from '@/bulk/files/template';
import { sendQuestion } from '@/bulk/files/unasked';
import { formDrafts } from '@/state/messages/form-drafts';
import { nameFor, saveTemplate, useTemplates } from '@/state/settings/message-templates';
import { nowOf } from '@/state/time/connection-clocks';
import { isSlowToDraw } from '@/ui/code/slow-text';
import { SlowText } from '@/ui/code/slow-text-view';
import { Button } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, NumberInput, Select, TextArea, TimeSpanInput } from '@/ui/controls/field';
import { toast } from '@/ui/overlay/toast-store';
import { count, counted } from '@/words/counts';
import { isolated, withoutTurns } from '@/words/isolate';
import { secondsOf, type TimeSpan } from '@/words/spans';
import { beginCopies, beginResend, MAX_COPIES } from '../begin/begin-sending';
import { Consequences } from '../shared/consequences';
import { SendingOffer } from '../shared/lane-offer';
import { usualPace } from '../shared/pace-options';
import { messagesOf, targetOf } from '../shared/scope';
import { JobForm, useBeginning, usePaceOptions } from './job-form';

type SendCopiesProps = {
  account: Account;
  queue: string;
  /** Messages to copy: several go unchanged, a single one can be edited first. */
  ids?: readonly string[];
  /** A template's text. */
  text?: string;
  onClose: () => void;
};

const texts = formDrafts<string>('send copies');

type Life = 'default' | 'never' | 'span';

/** Sends copies of loaded messages, or of one text that is written here. */
export default function SendCopiesDialog({ ids, ...props }: SendCopiesProps) {
  return ids && ids.length > 1 ? <Resend {...props} ids={ids} /> : <SendCopies {...props} {...(ids && { ids })} />;
}

/** Sends copies of one text, whose placeholders are filled in for each copy. */
function SendCopies({ account, queue, ids, text: template, onClose }: SendCopiesProps) {
  const [initial] = useState(() =>
    decodedText(
      messagesOf(account, { queue, ...(ids && { ids }) })[0]?.text ?? template ?? texts.find(account.id, queue) ?? '',
    ),
  );
  const [text, setText] = useState(initial.text);
  // Of a text that comes from elsewhere; what is written here comes from the person.
  const [isHeld, setHeld] = useState(() => isSlowToDraw(initial.text));
  const [isBase64, setIsBase64] = useState(initial.isBase64);
  const [copies, setCopies] = useState(10);
  const [first, setFirst] = useState(1);
  const [life, setLife] = useState<Life>('default');
  const [span, setSpan] = useState<TimeSpan>({ amount: 1, unit: 'days' });
  const { pace, fields } = usePaceOptions(usualPace(account.id));
  const [now] = useState(() => new Date(nowOf(account.id)));
  const [uuids] = useState(() => [crypto.randomUUID(), crypto.randomUUID(), crypto.randomUUID()]);

  const encode = (written: string) => (isBase64 ? encodeBase64(written) : written);
  const shown = [...new Set([0, 1, copies - 1])].filter((index) => index >= 0 && index < copies);
  const previews = shown.map((index, at) => {
    const counter = first + index;
    return Object.assign(expandTemplate(text, { counter, uuid: () => uuids[at] ?? '', now }), { counter });
  });
  const textError = previews
    .map((preview) => textProblem(encode(preview.text)))
    .find((problem) => problem !== undefined);
  const timeToLive = life === 'span' ? secondsOf(span) : life === 'never' ? 'never' : undefined;
  const lifeError = life === 'span' ? timeToLiveProblem(secondsOf(span)) : undefined;

  const beginning = useBeginning(onClose, (client) => {
    beginCopies(client, targetOf(account.id, queue), { text, copies, first, isBase64, timeToLive, ...pace });
    texts.drop(account.id, queue);
  });

  function write(next: string) {
    setText(next);
    texts.keep(next, account.id, queue);
  }
  function save() {
    const { name } = saveTemplate(nameFor(text), text);
    toast({ title: 'Saved as a template in this browser', detail: isolated(name), tone: 'success' });
  }

  return (
    <JobForm
      title="Send copies"
      preposition="to"
      queue={queue}
      size="lg"
      label={`Send ${counted(copies, 'message')}`}
      askedLabel={`Send ${counted(copies, 'empty message')}`}
      // The preview says which placeholders are sent as they are written.
      question={sendQuestion({ empty: text === '' ? copies : 0, placeholders: [] }, copies)}
      reason={textError ?? lifeError}
      beginning={beginning}
      extra={
        <Button size="lg" variant="ghost" disabled={text === ''} onClick={save}>
          Save as template
        </Button>
      }
      onClose={onClose}
    >
      <TemplatePicker
        onText={(next) => {
          setText(next);
          setHeld(isSlowToDraw(next));
        }}
      />
      <Field
        label="Message text"
        hint="Filled in for each copy: {{counter}}, {{counter:5}} with five digits, {{uuid}}, {{now}}, {{now:unix}}"
        error={textError}
      >
        {isHeld ? (
          <SlowText text={text} onEdit={() => setHeld(false)} className="h-40 border-line-control bg-surface" />
        ) : (
          <TextArea rows={7} value={text} onChange={write} />
        )}
      </Field>
      <Checkbox checked={isBase64} onChange={setIsBase64} className="justify-self-start">
        Send as Base64, as Azure Functions expect it
      </Checkbox>
      <div className="grid grid-cols-4 gap-3 max-desk:grid-cols-2">
        <Field label="Copies">
          <NumberInput min={1} max={MAX_COPIES} value={copies} onChange={(next) => setCopies(Math.round(next))} />
        </Field>
        <Field label="Count from">
          <NumberInput
            min={0}
            max={Number.MAX_SAFE_INTEGER - MAX_COPIES}
            value={first}
            onChange={(next) => setFirst(Math.round(next))}
          />
        </Field>
        <Field label="Time to live" error={lifeError}>
          <Select
            value={life}
            onChange={setLife}
            options={[
              { value: 'default', label: '7 days' },
              { value: 'never', label: 'Never expires' },
              { value: 'span', label: 'Custom' },
            ]}
          />
        </Field>
        {life === 'span' && (
          <TimeSpanInput aria-label="Time to live of the copies" className="self-end" value={span} onChange={setSpan} />
        )}
      </div>
      <CopiesPreview previews={previews} />
      {fields}
      <SendingOffer connectionId={account.id} messages={copies} pace={pace} />
      <Consequences items={[`Adds ${counted(copies, 'message')} at the end of the queue, with one request each.`]} />
    </JobForm>
  );
}

/** Decodes Base64 that holds text, so that placeholders can be written into it. */
function decodedText(text: string): { text: string; isBase64: boolean } {
  const inside = guessBase64(text) && decodeBase64ToText(text);
  return inside === undefined ? { text, isBase64: false } : { text: inside, isBase64: true };
}

/** Of each copy, more than two lines hold. */
const SHOWN_CHARACTERS = 600;

type Preview = ReturnType<typeof expandTemplate> & { counter: number };

/** The texts of some copies, and the placeholders in them that are not known. */
function CopiesPreview({ previews }: { previews: readonly Preview[] }) {
  const unknown = previews[0]?.unknown ?? [];
  return (
    <section aria-label="Preview" className="grid gap-1.5">
      <h3 className="text-12 font-semibold">Preview</h3>
      <ol className="divide-y divide-line rounded-8 border border-line">
        {previews.map((preview) => (
          <li key={preview.counter} className="flex gap-3 px-3 py-1.5 text-12">
            <span className="flex-none text-text-3">{count(preview.counter)}</span>
            {preview.text === '' ? (
              <span className="text-text-3">An empty message</span>
            ) : (
              <span dir="auto" className="line-clamp-2 min-w-0 flex-1 text-left font-mono break-all">
                {withoutTurns(preview.text.slice(0, SHOWN_CHARACTERS))}
              </span>
            )}
          </li>
        ))}
      </ol>
      {unknown.length > 0 && (
        <p role="status" className="text-12 text-warn">
          Not a placeholder: <bdi>{withoutTurns(unknown.slice(0, 10).join(', ').slice(0, SHOWN_CHARACTERS))}</bdi>. Sent
          as it is written.
        </p>
      )}
    </section>
  );
}

/** Offers a saved template as the text; nothing without any. */
function TemplatePicker({ onText }: { onText: (text: string) => void }) {
  const templates = useTemplates();
  if (templates.length === 0) return null;
  return (
    <Field label="Template">
      <Select
        value=""
        options={[
          { value: '', label: 'Choose a template' },
          ...templates.map(({ id, name }) => ({ value: id, label: isolated(name) })),
        ]}
        onChange={(id) => {
          const template = templates.find((one) => one.id === id);
          if (template) onText(template.text);
        }}
      />
    </Field>
  );
}

type ResendProps = { account: Account; queue: string; ids: readonly string[]; onClose: () => void };

/** Sends copies of several loaded messages, unchanged. */
function Resend({ account, queue, ids, onClose }: ResendProps) {
  const [copies, setCopies] = useState(1);
  const { pace, fields } = usePaceOptions(usualPace(account.id));
  const total = ids.length * copies;
  const [empty] = useState(() => messagesOf(account, { queue, ids }).filter((one) => one.text === '').length);
  const beginning = useBeginning(onClose, (client) =>
    beginResend(client, targetOf(account.id, queue), { ids, copies, ...pace }),
  );
  return (
    <JobForm
      title={`Send copies of ${counted(ids.length, 'message')}`}
      preposition="to"
      queue={queue}
      label={`Send ${counted(total, 'message')}`}
      question={sendQuestion({ empty: empty * copies, placeholders: [] }, total)}
      beginning={beginning}
      onClose={onClose}
    >
      <Field label="Copies of each" className="w-40">
        <NumberInput min={1} max={MAX_COPIES} value={copies} onChange={(next) => setCopies(Math.round(next))} />
      </Field>
      {fields}
      <SendingOffer connectionId={account.id} messages={total} pace={pace} />
      <Consequences
        items={[
          `Adds ${counted(total, 'message')} with the exact texts and the time to live that the originals have left.`,
          'The originals stay as they are: nothing is leased.',
          `${counted(total, 'request')}.`,
        ]}
      />
    </JobForm>
  );
}
