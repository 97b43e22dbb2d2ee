import { Field, TextInput } from '@/ui/field';

type TokenPlaceProps = {
  /** The address that was typed does not tell the account: a custom domain. */
  needsAccount: boolean;
  onChange: (change: { place?: string; account?: string }) => void;
};

/** Where an access token is to be used, which it does not say itself. */
export function TokenPlace({ needsAccount, onChange }: TokenPlaceProps) {
  return (
    <div className="grid gap-2.5">
      <Field
        label="Account name or endpoint"
        hint="The token opens every account on which its holder has a role. An endpoint for other clouds and custom domains."
      >
        <TextInput mono onChange={({ target }) => onChange({ place: target.value.trim() })} />
      </Field>
      {needsAccount && (
        <Field label="Account name">
          <TextInput mono onChange={({ target }) => onChange({ account: target.value.trim() })} />
        </Field>
      )}
    </div>
  );
}
