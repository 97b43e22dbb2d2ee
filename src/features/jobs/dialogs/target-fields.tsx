import type { Account } from '@/azure/protocol/model';
import { useConnections } from '@/state/connections/connections';
import { Field, Select } from '@/ui/controls/field';
import { QueuePicker, type useQueueChoice } from './queue-picker';

type Target = { connectionId: string; queue: string };

type TargetFieldsProps = {
  to: Target;
  /** Of the connection in `to`. */
  account: Account;
  choice: ReturnType<typeof useQueueChoice>;
  /** Name of the field for the queue. */
  label: string;
  problem: string | undefined;
  /** One line for the queue. */
  isCompact?: boolean;
  onChange: (to: Target) => void;
};

/** Fields for the account and the queue that messages go to. */
export function TargetFields({ to, account, choice, label, problem, isCompact = false, onChange }: TargetFieldsProps) {
  return (
    <>
      <TargetAccount value={to.connectionId} onChange={(connectionId) => onChange({ ...to, connectionId })} />
      <QueuePicker
        account={account}
        choice={choice}
        label={label}
        isCompact={isCompact}
        value={to.queue}
        problem={problem}
        onChange={(queue) => onChange({ ...to, queue })}
      />
    </>
  );
}

/** A field for the account that messages go to; nothing where there is only one. */
function TargetAccount({ value, onChange }: { value: string; onChange: (connectionId: string) => void }) {
  const connections = useConnections();
  if (connections.length < 2) return null;
  return (
    <Field label="To account">
      <Select
        value={value}
        options={connections
          .filter(({ locked }) => !locked)
          .map(({ id, account: name, endpoint, environment, queue: only }) => ({
            value: id,
            label: `${only === undefined ? name : `${name}/${only}`}${environment ? `, ${environment}` : ''} (${new URL(endpoint).host})`,
          }))}
        onChange={onChange}
      />
    </Field>
  );
}
