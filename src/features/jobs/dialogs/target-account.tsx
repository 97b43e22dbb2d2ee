import { useConnections } from '@/state/connections/connections';
import { Field, Select } from '@/ui/controls/field';

/** A field for the account that messages go to; nothing where there is only one. */
export function TargetAccount({ value, onChange }: { value: string; onChange: (connectionId: string) => void }) {
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
