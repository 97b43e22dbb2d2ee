import { useMutation } from '@tanstack/react-query';
import { TriangleAlert } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { AsCode } from '@/actions/as-code';
import { ConflictStrip } from '@/actions/conflict-strip';
import { appRequests, type PageAccess, pageAccess } from '@/azure/diagnosis/cors-evaluate';
import { corsRuleProblems, corsRulesProblem } from '@/azure/protocol/cors-limits';
import { LONGEST_RETENTION_DAYS } from '@/azure/protocol/limits';
import type { Account, ServiceProperties } from '@/azure/protocol/model';
import { saveServiceProperties } from '@/queries/service';
import type { SectionName } from '@/queries/service-changes';
import type { Operation } from '@/samples/operation';
import { useConnection } from '@/state/connections/connections';
import { isSandbox } from '@/state/sandbox/sandbox';
import { Checkbox } from '@/ui/controls/checkbox';
import { Strip } from '@/ui/feedback/failure';
import { FormDialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { LoggingForm, MetricsForm } from './analytics-forms';
import { CorsEditor, type PageOrigin } from './cors-editor';
import { type CorsRow, toCorsRow, toCorsRule } from './cors-rows';
import { DifferenceView } from './difference-view';
import { differences, SECTION_NAMES, sectionLines } from './property-lines';
import { NOTHING_CHANGED, SaveFailure, SaveNote, WRITING_NEEDS } from './required-permissions';

type EditPropertiesProps = {
  account: Account;
  loaded: ServiceProperties;
  /** The section to show; undefined while another tab is open. */
  section: SectionName | undefined;
  /** Puts the section under the tabs. */
  tabs: (panel: ReactNode) => ReactNode;
  onClose: () => void;
};

/** Edits all sections in one draft. Saving sends the changed ones, after a check that they are still as they were read. */
export function EditProperties({ account, loaded, section, tabs, onClose }: EditPropertiesProps) {
  // `base`: the properties when last read; `theirs`: other properties that the service has by now.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<{ now: ServiceProperties; sections: readonly SectionName[] }>();
  const [rows, setRows] = useState<readonly CorsRow[]>(() => (loaded.cors ?? []).map(toCorsRow));
  const [rest, setRest] = useState(loaded);
  const [isAware, setIsAware] = useState(false);
  const { thisPage, isRelayed } = usePage(account);
  const effect = thisPage ? SAVING : KEEPING;

  const rules = rows.map(toCorsRule);
  // No rules in the answer and an empty list are the same.
  const mine: ServiceProperties = rules.length === 0 && base.cors === undefined ? rest : { ...rest, cors: rules };
  const changed = differences(base, mine);
  const isLegal =
    corsRulesProblem(rules) === undefined &&
    rules.every((rule) => Object.keys(corsRuleProblems(rule)).length === 0) &&
    [mine.logging, mine.hourMetrics, mine.minuteMetrics].every((one) => isRetentionLegal(one?.retention));
  const changesCors = changed.some((one) => one.section === 'cors');
  const lockedOut = changesCors && thisPage && !isRelayed ? pageAccess(rules, ...thisPage).refused : [];
  const reason = unsavedReason({
    isLegal,
    isChanged: changed.length > 0,
    isWarned: lockedOut.length > 0 && !isAware,
    isAsked: theirs !== undefined,
  });

  const saving = useMutation({
    ...saveServiceProperties(account),
    onSuccess: (result) => {
      if (result !== 'saved') return setTheirs({ now: result.conflict, sections: result.sections });
      toast({
        title: `Saved service properties of ${account.name}`,
        detail: thisPage ? 'Azure can take a minute to apply them.' : 'The sandbox keeps them and applies none.',
        tone: 'success',
      });
      onClose();
    },
  });

  function changeRules(changedRows: readonly CorsRow[]) {
    setRows(changedRows);
    // The confirmation was for other rules.
    setIsAware(false);
  }

  function save(expected: ServiceProperties) {
    setTheirs(undefined);
    setBase(expected);
    saving.mutate({ mine, base: expected });
  }

  function take(now: ServiceProperties, sections: readonly SectionName[]) {
    const taken = Object.fromEntries(sections.map((name) => [name, now[name]])) as ServiceProperties;
    setBase({ ...base, ...taken });
    setRest({ ...rest, ...taken });
    if (sections.includes('cors')) setRows((now.cors ?? []).map(toCorsRow));
    setTheirs(undefined);
  }

  return (
    <FormDialog
      title={`Service properties of ${account.name}`}
      size="lg"
      onClose={onClose}
      dismissible={changed.length === 0}
      label="Save properties"
      reason={reason}
      isOff={saving.isPending}
      note={<SaveNote reason={reason} effect={effect} />}
      onSubmit={() => save(base)}
      className="[&>*]:min-w-0"
    >
      {tabs(
        <>
          {section === 'cors' && (
            <CorsEditor rows={rows} thisPage={thisPage} isRelayed={isRelayed} onChange={changeRules} />
          )}
          {section === 'logging' && (
            <LoggingForm value={mine.logging} onChange={(logging) => setRest({ ...rest, logging })} />
          )}
          {(section === 'hourMetrics' || section === 'minuteMetrics') && (
            <MetricsForm
              key={section}
              every={section === 'hourMetrics' ? 'hour' : 'minute'}
              value={mine[section]}
              onChange={(metrics) => setRest({ ...rest, [section]: metrics })}
            />
          )}
        </>,
      )}
      {changed.length > 0 && <DifferenceView differences={changed} />}
      {lockedOut.length > 0 && <LockedOut refused={lockedOut} isAware={isAware} onAware={setIsAware} />}
      {theirs && (
        <ConflictStrip
          title="The service properties changed since you opened them"
          theirs={theirs.sections.map((name) => ({
            name: SECTION_NAMES[name],
            lines: sectionLines(name, theirs.now),
          }))}
          onTake={() => take(theirs.now, theirs.sections)}
          onReplace={() => save(theirs.now)}
        />
      )}
      {section !== undefined && <AsCode account={account} operation={operationOf(mine, changed)} />}
      {section !== undefined && <p className="text-12 text-text-3 desk:hidden">{effect}</p>}
      {saving.error && <SaveFailure error={saving.error} needs={WRITING_NEEDS} />}
    </FormDialog>
  );
}

/** How this page stands to the account: `thisPage` is undefined in the sandbox, and a relay asks no rule either. */
function usePage(account: Account) {
  const connection = useConnection(account.id);
  const needsRule = connection === undefined || !isSandbox(connection);
  const thisPage: PageOrigin = [location.origin, appRequests(connection?.kind ?? 'key')];
  return { thisPage: needsRule ? thisPage : undefined, isRelayed: connection?.relay === true };
}

/** What saving sends: the sections that differ. Without any, what reads them. */
function operationOf(mine: ServiceProperties, changed: readonly { section: SectionName }[]): Operation {
  if (changed.length === 0) return { name: 'Get Queue Service Properties' };
  const sections = changed.map(({ section }) => [section, mine[section]]);
  const { unknownInCors } = mine;
  const properties = { ...Object.fromEntries(sections), ...(unknownInCors !== undefined && { unknownInCors }) };
  return { name: 'Set Queue Service Properties', properties };
}

const isRetentionLegal = (retention: { enabled: boolean; days?: number } | undefined) =>
  !retention?.enabled ||
  (Number.isInteger(retention.days) && Number(retention.days) >= 1 && Number(retention.days) <= LONGEST_RETENTION_DAYS);

const SAVING = 'Only sections that changed are sent. Azure can take a minute to go by them.';
const KEEPING = 'Only sections that changed are sent. The sandbox keeps them and applies none.';

/** Why nothing can be saved now; undefined when it can. */
function unsavedReason(state: Record<'isLegal' | 'isChanged' | 'isWarned' | 'isAsked', boolean>) {
  if (!state.isChanged) return NOTHING_CHANGED;
  if (!state.isLegal) return 'Azure would refuse this: see the marked fields';
  if (state.isWarned) return 'This would lock this page out: tick the box if you mean it';
  return state.isAsked ? 'Choose between your changes and those of somebody else first' : undefined;
}

type LockedOutProps = { refused: PageAccess['refused']; isAware: boolean; onAware: (isAware: boolean) => void };

/** Warns that the rules lock this page out, which it could not undo afterwards. */
function LockedOut({ refused, isAware, onAware }: LockedOutProps) {
  return (
    <Strip
      tone="danger"
      role="alert"
      icon={<TriangleAlert />}
      title="These rules lock this page out"
      className="rounded-8"
    >
      <ul className="grid gap-0.5">
        {[...Map.groupBy(refused, ({ because }) => because)].map(([because, of]) => (
          <li key={because}>
            <span className="font-mono text-text">{of.map(({ method }) => method).join(', ')}</span>: {because}
          </li>
        ))}
      </ul>
      <p className="mt-1">Once Azure applies them, this page can do none of that, and cannot undo the change.</p>
      <Checkbox checked={isAware} onChange={onAware} className="mt-1 text-text">
        Save all the same: I can change the rules with another tool
      </Checkbox>
    </Strip>
  );
}
