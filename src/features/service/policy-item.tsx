import { CalendarClock, Trash2 } from 'lucide-react';
import { readSasTime } from '@/azure/credentials/sas-time';
import { useServiceNow } from '@/ui/browser/use-now';
import { IconButton } from '@/ui/controls/button';
import { Checkbox } from '@/ui/controls/checkbox';
import { Field, TextInput } from '@/ui/controls/field';
import { Menu } from '@/ui/overlay/menu';
import { dateTime, duration } from '@/words/times';
import { PERMISSIONS, type PolicyProblems, type PolicyRow } from './policy-rows';
import { useFocusWhenNew } from './use-focus-when-new';

type PolicyItemProps = {
  row: PolicyRow;
  /** From 1. */
  position: number;
  problems: PolicyProblems;
  onChange: (change: Partial<PolicyRow>) => void;
  onRemove: () => void;
};

/** The fields of a policy, with the rules that they break. */
export function PolicyItem({ row, position, problems, onChange, onRemove }: PolicyItemProps) {
  const now = useServiceNow();
  const id = useFocusWhenNew<HTMLInputElement>(row.stored === undefined && row.id === '');
  const toggle = (letter: string, on: boolean) =>
    onChange({ permissions: on ? row.permissions + letter : row.permissions.replaceAll(letter, '') });
  return (
    <li className="rounded-8 border border-line px-3 py-3">
      <fieldset className="grid gap-3">
        <legend className="sr-only">Policy {position}</legend>
        <div className="grid grid-cols-[minmax(0,1fr)_auto] items-start gap-2">
          <Field
            label={`Id of policy ${position}`}
            // An empty id is no mistake before anything was typed.
            error={row.id === '' ? undefined : problems.id}
            hint="1 to 64 characters; signatures name the policy by it"
          >
            <TextInput mono ref={id} value={row.id} onChange={(text) => onChange({ id: text })} />
          </Field>
          <IconButton
            label={`Remove ${row.id || `policy ${position}`}`}
            icon={<Trash2 />}
            className="mt-5.5"
            onClick={onRemove}
          />
        </div>
        <div className="grid grid-cols-2 gap-3 max-desk:grid-cols-1">
          <Field
            label={`Start of policy ${position}`}
            error={problems.startsAt}
            hint={meaning(row.startsAt, now, 'Blank: the signature sets it, or starts at once')}
          >
            <TextInput
              mono
              placeholder="2026-12-31T18:00Z"
              value={row.startsAt}
              onChange={(startsAt) => onChange({ startsAt })}
            />
          </Field>
          <Field
            label={`Expiry of policy ${position}`}
            error={problems.expiresAt}
            hint={meaning(row.expiresAt, now, 'Blank: the signature must set it')}
          >
            <TextInput
              mono
              placeholder="2026-12-31T18:00Z"
              value={row.expiresAt}
              onChange={(expiresAt) => onChange({ expiresAt })}
              after={
                <Menu
                  trigger={
                    <IconButton
                      size="sm"
                      label={`Choose an expiry for policy ${position}`}
                      icon={<CalendarClock />}
                      className="-mr-1.5"
                    />
                  }
                  items={SPANS.map(({ label, days }) => ({
                    label,
                    onSelect: () => onChange({ expiresAt: minuteFrom(now + days * DAY_MS) }),
                  }))}
                />
              }
            />
          </Field>
        </div>
        <fieldset>
          <legend className="text-12 font-semibold">Permissions of policy {position}</legend>
          <div className="mt-1 flex flex-wrap gap-x-5">
            {PERMISSIONS.map(({ letter, name, what }) => (
              <Checkbox key={letter} checked={row.permissions.includes(letter)} onChange={(on) => toggle(letter, on)}>
                <span title={what}>
                  {name} <span className="font-mono text-12 text-text-3">{letter}</span>
                </span>
              </Checkbox>
            ))}
          </div>
          {row.permissions === '' && <p className="text-12 text-text-3">None: the signature must set them.</p>}
        </fieldset>
      </fieldset>
    </li>
  );
}

const DAY_MS = 86_400_000;
const SPANS = [
  { label: 'In 1 hour', days: 1 / 24 },
  { label: 'In 1 day', days: 1 },
  { label: 'In 7 days', days: 7 },
  { label: 'In 30 days', days: 30 },
  { label: 'In 1 year', days: 365 },
] as const;

/** `2026-12-31T18:00Z`, as a person would type it. */
const minuteFrom = (time: number): string => `${new Date(time).toISOString().slice(0, 16)}Z`;

/** A typed time in this device's time zone, and how far away it is. */
function meaning(text: string, now: number, blank: string): string {
  const time = readSasTime(text.trim());
  if (!time) return blank;
  const left = time.epochMs - now;
  return `${dateTime(time.epochMs)} here, ${left > 0 ? `in ${duration(left)}` : `${duration(left)} ago`}`;
}
