import type { TypedFields } from '@/azure/connection-input/build-connection';
import { needsOf } from '@/azure/connection-input/missing-fields';
import type { ParsedConnection } from '@/azure/connection-input/parsed-connection';
import { isAccountSas } from '@/azure/credentials/sas-permissions';
import { Field, TextInput } from '@/ui/controls/field';

type MissingFieldsProps = { found: ParsedConnection; onChange: (change: TypedFields) => void };

/**
 * What the text leaves out, nothing when it has all. The fields are uncontrolled: React would write the value of a
 * controlled one into an attribute, where a key must never be.
 */
export function MissingFields({ found, onChange }: MissingFieldsProps) {
  const needs = needsOf(found);
  if (!needs.account && !needs.key && !needs.queue) return null;
  return (
    <div data-question="missing" className="grid gap-2.5">
      {needs.account && (
        <Field
          label="Account name"
          hint={found.endpoint === '' ? 'Or the address of its queue service, outside of the public cloud.' : undefined}
        >
          <TextInput mono onChange={({ target }) => onChange({ account: target.value.trim() })} />
        </Field>
      )}
      {needs.queue && (
        <Field label="Queue name" hint={queueHint(found)}>
          <TextInput mono onChange={({ target }) => onChange({ queue: target.value.trim() })} />
        </Field>
      )}
      {needs.key && (
        <Field label="Account key" hint="In the portal: Security + networking, Access keys.">
          <TextInput mono type="password" onChange={({ target }) => onChange({ key: target.value.trim() })} />
        </Field>
      )}
    </div>
  );
}

const queueHint = (found: ParsedConnection): string =>
  found.kind === 'sas' && isAccountSas(found.sas.fields)
    ? 'The signature does not allow listing queues, so the page works on this one.'
    : 'The signature is for one queue, and works with that one alone.';
