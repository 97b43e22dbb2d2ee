import type { ReactNode } from 'react';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, TextInput } from '@/ui/controls/field';
import { Segmented } from '@/ui/controls/segmented';
import type { ChangeForm } from '../text/apply-change';

type ChangeTextFieldsProps = {
  form: ChangeForm;
  problem: string | undefined;
  onChange: (part: Partial<ChangeForm>) => void;
  /** Further options, at the end of the row. */
  children?: ReactNode;
};

/** The fields of a change: find and replace, or a JSON path and its new value. */
export function ChangeTextFields({ form, problem, onChange: change, children }: ChangeTextFieldsProps) {
  return (
    <>
      <Segmented
        label="How to change"
        value={form.way}
        onChange={(way) => change({ way })}
        options={[
          { value: 'replace', label: 'Find and replace' },
          { value: 'value', label: 'JSON value' },
        ]}
        className="justify-self-start"
      />
      {form.way === 'replace' ? (
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Field label="Find" error={form.find === '' ? undefined : problem}>
            <TextInput mono value={form.find} onChange={(find) => change({ find })} />
          </Field>
          <Field label="Replace with" hint={form.isRegex ? '$1 is the first group, $& the whole match' : undefined}>
            <TextInput mono value={form.replacement} onChange={(replacement) => change({ replacement })} />
          </Field>
        </div>
      ) : (
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Field label="Path" hint="Such as customer.lines[0].sku">
            <TextInput mono value={form.path} onChange={(path) => change({ path })} />
          </Field>
          <Field label="New value, as JSON" error={form.value === '' ? undefined : problem}>
            <TextInput mono value={form.value} onChange={(value) => change({ value })} />
          </Field>
        </div>
      )}
      <div className="flex flex-wrap gap-x-5">
        {form.way === 'replace' && (
          <>
            <Checkbox checked={form.isRegex} onChange={(isRegex) => change({ isRegex })}>
              Regular expression
            </Checkbox>
            <Checkbox checked={form.isCaseIgnored} onChange={(isCaseIgnored) => change({ isCaseIgnored })}>
              Ignore case
            </Checkbox>
          </>
        )}
        <Checkbox checked={form.isDecoded} onChange={(isDecoded) => change({ isDecoded })}>
          Look inside Base64
        </Checkbox>
        <Checkbox checked={form.mayEmpty} onChange={(mayEmpty) => change({ mayEmpty })}>
          Allow empty texts
        </Checkbox>
        {children}
      </div>
    </>
  );
}
