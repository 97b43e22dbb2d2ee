import { type QueryClient, useQuery } from '@tanstack/react-query';
import { ChevronDown, Ellipsis, OctagonAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useMenuItems } from '@/actions/action';
import { stoppedKind } from '@/actions/interrupted-name';
import type { QueueContext } from '@/actions/lease-requests';
import { leaseActions, type MessageSubject, messageActions } from '@/actions/message-actions';
import { releaseInterrupted } from '@/actions/release-interrupted';
import { releaseRestored } from '@/actions/release-restored';
import { poisonParent } from '@/bulk/jobs/poison-queue';
import type { MessageRow } from '@/messages/message-rows';
import type { QueueRef } from '@/messages/record';
import { peekedMessages } from '@/queries/messages';
import { queueProperties } from '@/queries/queues';
import { accountFor } from '@/queries/use-account';
import { accountAndQueue } from '@/state/connections/connection-labels';
import { useConnection, useConnections } from '@/state/connections/connections';
import { openJobs } from '@/state/jobs/job-store';
import { openDialog } from '@/state/navigation/open-dialog';
import { usePreference } from '@/state/settings/preferences';
import { nowOf } from '@/state/time/connection-clocks';
import { isMedia } from '@/ui/browser/use-media';
import { Bar } from '@/ui/controls/bar';
import { Button, IconButton } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { cx } from '@/ui/format/cx';
import { Menu } from '@/ui/overlay/menu';
import { count, counted } from '@/words/counts';
import { countdown } from '@/words/times';
import { useCountParts } from '../header/use-count-parts';
import { shortId } from '../shared/short-id';
import { leaseKey } from './lease-key';
import type { HeldByStopped, QueueLeases } from './tray-leases';
import { traySubject } from './tray-subject';

/** Rows that are drawn of a queue at first, and more with each press. */
const ROWS_AT_A_TIME = 50;
/** Characters of a text in its row. */
const SHOWN_CHARACTERS = 200;

type TraySectionProps = {
  leases: QueueLeases;
  client: QueryClient;
  chosen: ReadonlySet<string>;
  onToggle: (key: string, isChecked: boolean) => void;
};

/** What is leased in one queue. */
export function TraySection({ leases, client, chosen, onToggle }: TraySectionProps) {
  'use no memo';
  const { ref, rows, work, stopped, left, elsewhere, messages, nextEnd } = leases;
  const [isOpen, setOpen] = useState(true);
  const [shown, setShown] = useState(ROWS_AT_A_TIME);
  const now = nowOf(ref.connectionId);
  const isPoison = poisonParent(ref.queue) !== undefined;
  return (
    <section
      aria-label={`${ref.queue}, ${count(messages)} leased by ${rows.length === messages ? 'you' : 'this browser'}`}
      className="border-b border-line"
    >
      <h3 className="flex min-h-9 items-center gap-2 pr-4 pl-2">
        <button
          type="button"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
          className="flex min-h-7 min-w-0 items-center gap-1.5 rounded-4 px-2 font-semibold hover:bg-hover max-desk:min-h-11"
        >
          <ChevronDown className={cx('size-3.5 flex-none text-text-3', !isOpen && '-rotate-90')} />
          {isPoison && <OctagonAlert className="size-3.5 flex-none text-danger" />}
          <span className={cx('truncate', isPoison && 'text-danger')}>{ref.queue}</span>
          <span className="font-normal text-text-3">{count(messages)}</span>
        </button>
        <AccountName connectionId={ref.connectionId} />
        <span className="min-w-0 flex-1 truncate text-right text-12 font-normal text-text-3">
          <Elsewhere leases={leases} />
        </span>
        {!isOpen && <TimeLeft left={nextEnd - now} total={undefined} />}
      </h3>
      {isOpen && (
        <>
          {stopped.map((held) => (
            <Stopped key={held.id} held={held} client={client} />
          ))}
          {left.length > 0 && <Left leases={leases} client={client} />}
          {work.map(({ name, messages: held, endsAt }) => (
            <Line
              key={name}
              title={`Held by ${name.replace(/^A /, 'a ')}`}
              left={endsAt - now}
              action={<Button onClick={showJobs}>Show jobs</Button>}
            >
              {counted(held, 'message')}. It returns what it does not need.
            </Line>
          ))}
          {elsewhere && (
            <Line title="Leased in another tab of this browser" left={elsewhere.endsAt - now}>
              {counted(elsewhere.messages, 'message')}. That tab has their receipts.
            </Line>
          )}
          <ul>
            {rows.slice(0, shown).map((row) => (
              <Row
                key={row.id}
                row={row}
                client={client}
                leases={leases}
                isChecked={chosen.has(leaseKey(ref, row.id))}
                onToggle={onToggle}
              />
            ))}
          </ul>
          {rows.length > shown && (
            <Button variant="link" className="mx-4 my-1" onClick={() => setShown(shown + ROWS_AT_A_TIME)}>
              Show {count(Math.min(ROWS_AT_A_TIME, rows.length - shown))} more of {count(rows.length)}
            </Button>
          )}
        </>
      )}
    </section>
  );
}

const isDesk = () => isMedia('(width >= 760px)');

const showJobs = () => (isDesk() ? openJobs(true) : openDialog({ kind: 'jobs' }));

/** The account, where there are several connections. */
function AccountName({ connectionId }: { connectionId: string }) {
  const connection = useConnection(connectionId);
  if (useConnections().length < 2 || !connection) return null;
  return <span className="truncate text-12 font-normal text-text-3">{accountAndQueue(connection)}</span>;
}

/** What others hide in the queue: known where a peek or a browse of this page saw all that is visible. */
function Elsewhere({ leases: { ref } }: Pick<TraySectionProps, 'leases'>) {
  const account = accountFor(ref.connectionId);
  return account ? <HiddenElsewhere account={account} queue={ref.queue} /> : null;
}

function HiddenElsewhere({ account, queue }: { account: NonNullable<ReturnType<typeof accountFor>>; queue: string }) {
  const asked = usePreference('peekCount');
  const { data } = useQuery({ ...queueProperties(account, queue), enabled: false });
  const { data: peeked } = useQuery({ ...peekedMessages(account, queue, asked), enabled: false });
  const { isAllVisible, rest } = useCountParts({ account, queue, approximate: data?.approximateMessageCount }, asked);
  const isKnown = peeked !== undefined && isAllVisible && rest !== undefined;
  const words = isKnown ? `≈ ${count(rest)} hidden or delayed elsewhere` : 'hidden elsewhere: unknown';
  return <span title={words}>{words}</span>;
}

function TimeLeft({ left, total }: { left: number; total: number | undefined }) {
  return (
    <span className="flex w-26 flex-none items-center gap-2">
      <Bar tone="leased" value={total === undefined ? 1 : Math.max(0, Math.min(1, left / (total * 1000)))} />
      <span className="min-w-9 text-right text-12 font-semibold text-leased">{countdown(left)}</span>
    </span>
  );
}

type LineProps = { title: string; left: number; action?: ReactNode; children: ReactNode };

/** Leases in one line, which can only be done something to together. */
const Line = ({ title, left, action, children }: LineProps) => (
  <div className="flex items-start gap-3 px-4 pb-2.5">
    <div className="min-w-0 flex-1">
      <b className="block font-semibold">{title}</b>
      <span className="text-12 text-pretty text-text-2">{children}</span>
    </div>
    <div className="grid flex-none justify-items-end gap-1.5">
      <TimeLeft left={left} total={undefined} />
      {action}
    </div>
  </div>
);

/** Left by a job that was cut off. */
function Stopped({ held: { id, head, messages, endsAt }, client }: { held: HeldByStopped; client: QueryClient }) {
  return (
    <Released
      title={`Left by the ${stoppedKind(head)} that stopped`}
      at={head.from}
      leases={messages}
      endsAt={endsAt}
      release={(on, signal) => releaseInterrupted(on, id, { signal, onProgress: () => {} })}
      client={client}
    />
  );
}

/** From before a reload, or left by a job. */
function Left({ leases: { ref, left }, client }: Pick<TraySectionProps, 'leases' | 'client'>) {
  return (
    <Released
      title="Left before a reload, or by a job"
      at={ref}
      leases={left.length}
      endsAt={Math.max(...left.map((lease) => lease.endsAt))}
      release={(on, signal) => releaseRestored(on, left, { signal, onProgress: () => {} })}
      client={client}
    />
  );
}

type ReleasedProps = {
  title: string;
  at: QueueRef;
  leases: number;
  endsAt: number;
  release: (on: QueueContext, signal: AbortSignal) => Promise<string[]>;
  client: QueryClient;
};

/** Leases whose texts are not loaded, which can be released together. */
function Released({ title, at: ref, leases, endsAt: last, release: releaseAll, client }: ReleasedProps) {
  const [control, setControl] = useState<AbortController>();
  const [reasons, setReasons] = useState<readonly string[]>([]);
  const account = accountFor(ref.connectionId);
  async function release() {
    if (!account) return;
    const stop = new AbortController();
    setControl(stop);
    setReasons([]);
    setReasons(await releaseAll({ client, account, queue: ref.queue }, stop.signal));
    setControl(undefined);
  }
  return (
    <Line
      title={title}
      left={last - nowOf(ref.connectionId)}
      action={
        control ? (
          <Button onClick={() => control.abort()}>Stop releasing</Button>
        ) : (
          <Button reason={account ? undefined : 'The connection is locked'} onClick={() => void release()}>
            Release {count(leases)}
          </Button>
        )
      }
    >
      You can release them; their text is no longer loaded.
      {reasons.length > 0 && <span className="block text-danger">Not released: {reasons.slice(0, 2).join(' ')}</span>}
    </Line>
  );
}

type RowProps = Pick<TraySectionProps, 'leases' | 'client' | 'onToggle'> & { row: MessageRow; isChecked: boolean };

function Row({ row, leases: { ref }, client, isChecked, onToggle }: RowProps) {
  const { lease, message } = row;
  const key = leaseKey(ref, row.id);
  const subject = traySubject(ref, [row], { client, deselect: () => onToggle(key, false) });
  const left = (lease?.endsAt.getTime() ?? 0) - nowOf(ref.connectionId);
  return (
    <li
      className={cx(
        'relative flex min-h-8 items-center gap-2 border-t border-line pr-2 pl-4 text-12 before:absolute before:inset-y-0 before:left-0 before:w-0.5 before:bg-leased-solid before:content-[""] max-desk:min-h-13',
        isChecked && 'bg-selected',
      )}
    >
      <Checkbox
        label={`Select lease ${shortId(row.id)}`}
        checked={isChecked}
        onChange={(next) => onToggle(key, next)}
      />
      <button
        type="button"
        aria-label={`Read message ${shortId(row.id)}`}
        disabled={!subject}
        onClick={() => subject?.screen.show(row.id)}
        className="flex min-h-7 min-w-0 flex-1 items-center gap-2 rounded-4 text-left font-mono hover:underline max-desk:block max-desk:py-1"
      >
        <span className="flex-none">{shortId(row.id)}</span>
        <span className="min-w-0 flex-1 truncate text-text-2 max-desk:block">
          {message.text.slice(0, SHOWN_CHARACTERS)}
        </span>
      </button>
      <TimeLeft left={left} total={lease?.total} />
      {subject && <RowMenu subject={subject} row={row} />}
    </li>
  );
}

const ACTIONS = [
  messageActions.show,
  messageActions.edit,
  leaseActions.extend,
  leaseActions.release,
  messageActions.delete,
];

function RowMenu({ subject, row }: { subject: MessageSubject; row: MessageRow }) {
  return (
    <Menu
      trigger={<IconButton size="sm" label={`Actions on lease ${shortId(row.id)}`} icon={<Ellipsis />} />}
      items={useMenuItems(ACTIONS, subject)}
    />
  );
}
