import { Plus, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { type PageRequest, pageAccess } from '@/azure/diagnosis/cors-evaluate';
import { ruleFor } from '@/azure/diagnosis/cors-rule';
import { CORS_LIMITS, corsCharacters, corsRulesProblem } from '@/azure/protocol/cors-limits';
import { Button } from '@/ui/controls/button';
import { cx } from '@/ui/format/cx';
import { counted } from '@/words/counts';
import { type CorsRow, emptyCorsRow, moved, toCorsRow, toCorsRule } from './cors-rows';
import { CorsRuleItem } from './cors-rule-item';

/** A page's origin and the requests that it sends. */
export type PageOrigin = readonly [origin: string, requests: readonly PageRequest[]];

type CorsEditorProps = {
  rows: readonly CorsRow[];
  /** This page's origin and requests; undefined in the sandbox, which keeps rules and applies none. */
  thisPage: PageOrigin | undefined;
  /** True while this page's requests take the relay, which needs no rule. */
  isRelayed: boolean;
  onChange: (rows: readonly CorsRow[]) => void;
};

/** Edits up to five CORS rules in the order in which Azure tries them, and shows what they mean for this page. */
export function CorsEditor({ rows, thisPage, isRelayed, onChange }: CorsEditorProps) {
  const [open, setOpen] = useState<number>();
  const adding = useRef<HTMLButtonElement>(null);
  const rules = rows.map(toCorsRule);
  const problem = corsRulesProblem(rules);
  const isFull = rows.length >= CORS_LIMITS.rules;
  const access = thisPage && pageAccess(rules, ...thisPage);
  const isAllowed = access?.refused.length === 0 && access.hidden.length === 0;

  function add() {
    const row = emptyCorsRow();
    onChange([...rows, row]);
    setOpen(row.key);
  }
  // The first matching rule decides, so a rule for this page comes first.
  const allowThisPage = () => onChange([toCorsRow(ruleFor(location.origin)), ...rows]);

  return (
    <div className="grid gap-3 [&>*]:min-w-0">
      <p className="text-12 text-pretty text-text-3">
        Which pages of other origins may use the queue service from a browser. Azure applies the first rule whose origin
        and method match.
      </p>
      {!thisPage && (
        <p className="text-12 text-pretty text-text-2">
          These rules have no effect in the sandbox: it answers inside this tab, and browsers apply such rules to other
          servers alone. It keeps them so that you can try how they are written and saved.
        </p>
      )}
      {rows.length === 0 && (
        <p className="rounded-8 bg-sunken px-3 py-3 text-text-2">
          {thisPage ? 'No rules: no page is allowed.' : 'No rules.'}
        </p>
      )}
      <ol className="grid grid-cols-1 gap-2">
        {rows.map((row, index) => (
          <CorsRuleItem
            key={row.key}
            row={row}
            position={index + 1}
            isLast={index === rows.length - 1}
            isOpen={open === row.key}
            onToggle={() => setOpen(open === row.key ? undefined : row.key)}
            onChange={(change) => onChange(rows.map((one) => (one === row ? { ...row, ...change } : one)))}
            onMove={(by) => onChange(moved(rows, row.key, by))}
            onRemove={() => {
              onChange(rows.filter((one) => one !== row));
              // The pressed button disappears.
              adding.current?.focus();
            }}
          />
        ))}
      </ol>
      <div className="flex flex-wrap items-center gap-2">
        <Button
          ref={adding}
          icon={<Plus />}
          reason={isFull ? `Azure keeps at most ${counted(CORS_LIMITS.rules, 'rule')}` : undefined}
          onClick={add}
        >
          Add rule
        </Button>
        {thisPage && (
          <Button
            icon={<ShieldCheck />}
            disabled={isFull || isAllowed}
            title={
              isAllowed
                ? 'These rules allow this page already'
                : isFull
                  ? `Azure keeps at most ${counted(CORS_LIMITS.rules, 'rule')}: remove one first`
                  : `Adds a first rule for ${location.origin} with all that this app needs`
            }
            onClick={allowThisPage}
          >
            Allow this page
          </Button>
        )}
        <span className="flex-1" />
        <span
          role="status"
          aria-live={problem === undefined ? 'off' : undefined}
          className={cx('text-12', problem ? 'text-danger' : 'text-text-3')}
        >
          {problem ??
            `${rows.length} of ${counted(CORS_LIMITS.rules, 'rule')}, ${corsCharacters(rules)} of 2,048 bytes`}
        </span>
      </div>
      {access && <PageAccessNote access={access} isRelayed={isRelayed} />}
    </div>
  );
}

type PageAccessNoteProps = { access: ReturnType<typeof pageAccess>; isRelayed: boolean };

/** Says what the rules mean for this page. */
function PageAccessNote({ access: { refused, hidden }, isRelayed }: PageAccessNoteProps) {
  const hasFullAccess = refused.length === 0 && hidden.length === 0;
  return (
    <p
      role="status"
      aria-label="This page"
      className={cx(
        'flex gap-2 text-12 text-pretty [&>.lucide]:mt-px [&>.lucide]:size-3.5 [&>.lucide]:flex-none',
        hasFullAccess
          ? 'text-text-2 [&>.lucide]:text-accent'
          : isRelayed
            ? 'text-text-2'
            : 'text-text [&>.lucide]:text-warn',
      )}
    >
      {hasFullAccess ? <ShieldCheck /> : <TriangleAlert />}
      <span className="min-w-0">
        {isRelayed && !hasFullAccess && 'This connection takes the relay, which needs no rule. Without it '}
        <span className="font-mono break-all">{location.origin}</span>
        {refused.length > 0
          ? ` is locked out of ${refused.map(({ method }) => method).join(', ')} by these rules.`
          : hasFullAccess
            ? ' is allowed by these rules, with all that this app needs.'
            : ` is allowed by these rules, but cannot read the headers ${hidden.join(', ')}.`}
      </span>
    </p>
  );
}
