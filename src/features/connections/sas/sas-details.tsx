import { Check, CircleHelp, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { type ActionPermission, actionPermissions, type SasFacts, sasFacts } from '@/azure/credentials/sas-description';
import { useNow } from '@/ui/browser/use-now';
import { cx } from '@/ui/format/cx';
import { dateTime, duration } from '@/words/times';

type SasDetailsProps = {
  /** The fields by their short names, without the signature. */
  fields: Readonly<Record<string, string>>;
  /** The queue that the SAS is for, when it is known. */
  queue?: string | undefined;
};

const HOUR_MS = 3_600_000;
const YEAR_MS = 365.25 * 24 * HOUR_MS;

/** What a SAS allows: its scope, validity and addresses, and which actions of this app work with it. */
export function SasDetails({ fields, queue }: SasDetailsProps) {
  const now = useNow();
  const facts = sasFacts(fields);
  const permissions = actionPermissions(fields, now);
  return (
    <section aria-label="What this SAS allows" className="grid gap-3 rounded-8 border border-line p-3">
      <dl className="grid grid-cols-[92px_minmax(0,1fr)] gap-x-3 gap-y-1 text-12">
        <Fact name="For">{scope(facts, queue)}</Fact>
        {facts.services && <Fact name="Services">{facts.services.join(', ') || 'none'}</Fact>}
        {facts.types && <Fact name="Resource types">{facts.types.join(', ') || 'none'}</Fact>}
        <Fact name="Permissions">{facts.permissions?.join(', ') || `those of the policy ${facts.policy ?? ''}`}</Fact>
        {facts.policy !== undefined && <Fact name="Policy">{facts.policy}, stored with the queue</Fact>}
        {facts.startsAt && <Fact name="Starts">{bothTimes(facts.startsAt)}</Fact>}
        <Fact name="Expires">
          <Expiry facts={facts} now={now} />
        </Fact>
        <Fact name="From">{facts.from ?? 'any address'}</Fact>
        <Fact name="Protocol">{facts.protocols}</Fact>
        {facts.version !== undefined && <Fact name="Version">{facts.version}</Fact>}
      </dl>
      <Actions permissions={permissions} />
    </section>
  );
}

const Fact = ({ name, children }: { name: string; children: ReactNode }) => (
  <>
    <dt className="text-text-3">{name}</dt>
    <dd className="min-w-0 break-words">{children}</dd>
  </>
);

function scope({ kind }: SasFacts, queue: string | undefined): string {
  if (kind === 'account') return 'the account';
  const name = queue === undefined ? 'one queue' : `the queue ${queue}`;
  return kind === 'userDelegation' ? `${name}, in the name of a user` : name;
}

/** Local time, to compare with a clock, and UTC, as in the token. */
const bothTimes = (date: Date): string =>
  `${dateTime(date)} (${date.toISOString().slice(0, 19).replace('T', ' ')} UTC)`;

function Expiry({ facts: { expiresAt, policy }, now }: { facts: SasFacts; now: number }) {
  if (!expiresAt) return policy === undefined ? 'no expiry, so Azure refuses it' : 'as its policy says';
  const left = expiresAt.getTime() - now;
  return (
    <>
      {bothTimes(expiresAt)},{' '}
      <span role="timer" className={cx('font-semibold', left <= 0 ? 'text-danger' : left < HOUR_MS && 'text-warn')}>
        {left <= 0 ? `expired ${duration(left)} ago` : `${spanOf(left)} left`}
      </span>
    </>
  );
}

/** A time left, in years when it is longer than two. */
const spanOf = (milliseconds: number): string =>
  milliseconds > 2 * YEAR_MS ? `${Math.floor(milliseconds / YEAR_MS)} years` : duration(milliseconds);

const ICONS = {
  true: <Check className="size-3.5 flex-none text-accent" />,
  false: <X className="size-3.5 flex-none text-text-3" />,
  unknown: <CircleHelp className="size-3.5 flex-none text-text-3" />,
};
const SPOKEN = { true: 'allowed', false: 'not allowed', unknown: 'not known' };

/** Each action of the app with whether it works; the reasons are listed once. */
function Actions({ permissions }: { permissions: readonly ActionPermission[] }) {
  const reasons = [...new Set(permissions.flatMap(({ reason }) => reason ?? []))];
  return (
    <>
      <ul aria-label="What works with it" className="grid grid-cols-2 gap-x-3 gap-y-1 text-12 max-desk:grid-cols-1">
        {permissions.map(({ action, allowed, reason }) => (
          <li
            key={action}
            title={reason}
            className={cx('flex items-center gap-1.5', allowed !== true && 'text-text-3')}
          >
            {ICONS[`${allowed}`]}
            {action}
            <span className="sr-only">, {SPOKEN[`${allowed}`]}</span>
          </li>
        ))}
      </ul>
      {reasons.length > 0 && (
        <details className="text-12">
          <summary className="cursor-default rounded-4 py-1 text-text-2 hover:text-text max-desk:py-2.5">
            Why the others do not work
          </summary>
          <ul className="mt-1 grid list-disc gap-0.5 pl-4 text-text-2">
            {reasons.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
