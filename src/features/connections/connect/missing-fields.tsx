import type { TypedFields } from '@/azure/connection-input/build-connection';
import { needsOf } from '@/azure/connection-input/missing-fields';
import type { ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { isAccountSas } from '@/azure/credentials/sas-permissions';
import { Field, TextInput } from '@/ui/controls/field';
import { KeyInput } from '../input/key-input';

type MissingFieldsProps = {
  parsed: ParsedConnection;
  /** What the field begins with. */
  account: string;
  onChange: (change: TypedFields) => void;
};

/**
 * The fields that the pasted text leaves out; nothing when it has all. They are uncontrolled: React writes the value of a
 * controlled field into an attribute, where a key must never be.
 */
export function MissingFields({ parsed, account, onChange }: MissingFieldsProps) {
  const needs = needsOf(parsed);
  if (!needs.account && !needs.key && !needs.queue) return null;
  return (
    <div data-question="missing" className="grid gap-2.5">
      {needs.account && (
        <Field
          label="Account name"
          hint={parsed.endpoint === '' ? 'Or the address of its queue service, outside the public cloud.' : undefined}
        >
          <TextInput mono defaultValue={account} onChange={(name) => onChange({ account: name.trim() })} />
        </Field>
      )}
      {needs.queue && (
        <Field label="Queue name" hint={queueHint(parsed)}>
          <TextInput mono onChange={(queue) => onChange({ queue: queue.trim() })} />
        </Field>
      )}
      {needs.key && (
        <Field label="Account key" hint="In the portal: Security + networking, Access keys.">
          <KeyInput onChange={(key) => onChange({ key: key.trim() })} />
        </Field>
      )}
    </div>
  );
}

const queueHint = (parsed: ParsedConnection): string =>
  parsed.kind === 'sas' && isAccountSas(parsed.sas.fields)
    ? 'The signature does not allow listing queues, so the page shows this one.'
    : 'The signature works with one queue only.';
