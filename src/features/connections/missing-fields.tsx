import { Field, TextInput } from '@/ui/field';

type MissingFieldsProps = {
  needsAccount: boolean;
  onChange: (change: { account?: string } | { key?: string }) => void;
};

/**
 * What an account name or an endpoint leaves out. The fields are uncontrolled: React would write the value of a
 * controlled one into an attribute, where a key must never be.
 */
export function MissingFields({ needsAccount, onChange }: MissingFieldsProps) {
  return (
    <div className="grid gap-2.5">
      {needsAccount && (
        <Field label="Account name">
          <TextInput mono onChange={({ target }) => onChange({ account: target.value.trim() })} />
        </Field>
      )}
      <Field label="Account key" hint="In the portal: Security + networking, Access keys.">
        <TextInput mono type="password" onChange={({ target }) => onChange({ key: target.value.trim() })} />
      </Field>
    </div>
  );
}
