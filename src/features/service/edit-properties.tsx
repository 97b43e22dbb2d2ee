import { useMutation } from '@tanstack/react-query';
import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import { appRequests, pageAccess } from '@/azure/diagnosis/cors-evaluate';
import { corsRuleProblems, corsRulesProblem } from '@/azure/protocol/cors-limits';
import { LONGEST_RETENTION_DAYS } from '@/azure/protocol/limits';
import type { Account, ServiceProperties } from '@/azure/protocol/model';
import { saveServiceProperties } from '@/queries/service';
import type { SectionName } from '@/queries/service-changes';
import { useConnection } from '@/state/connections/connections';
import { isSandbox } from '@/state/sandbox/sandbox';
import { Dialog } from '@/ui/overlay/dialog';
import { useDialogContext } from '@/ui/overlay/dialog-context';
import { toast } from '@/ui/overlay/toast';
import { LoggingForm, MetricsForm } from './analytics-forms';
import { ConflictStrip } from './conflict-strip';
import { CorsEditor, type WayIn } from './cors-editor';
import { type CorsRow, toCorsRow, toCorsRule } from './cors-rows';
import { DifferenceView } from './difference-view';
import { LockedOut } from './locked-out';
import { SaveFailure, WRITING_NEEDS } from './needs';
import { differences, SECTION_NAMES, sectionLines } from './property-lines';
import { SaveFooter } from './save-footer';
import { NOTHING_CHANGED } from './save-note';

type EditPropertiesProps = {
  account: Account;
  loaded: ServiceProperties;
  /** The section to show; undefined while something else is shown. */
  section: SectionName | undefined;
  /** Puts the section under its tab. */
  tabs: (panel: ReactNode) => ReactNode;
  onClose: () => void;
};

/** One draft of all sections; saving sends those that changed, after a look whether they are still as they were read. */
export function EditProperties({ account, loaded, section, tabs, onClose }: EditPropertiesProps) {
  // What the service had when last looked at, and, when it has something else now, that.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<{ now: ServiceProperties; sections: readonly SectionName[] }>();
  const [rows, setRows] = useState<readonly CorsRow[]>(() => (loaded.cors ?? []).map(toCorsRow));
  const [rest, setRest] = useState(loaded);
  const [isAware, setIsAware] = useState(false);
  const form = useId();
  const { wayIn, isRelayed } = usePage(account);

  const rules = rows.map(toCorsRule);
  // A service that tells of no rules, and one without any, are the same to whoever adds none.
  const mine: ServiceProperties = rules.length === 0 && base.cors === undefined ? rest : { ...rest, cors: rules };
  const changed = differences(base, mine);
  const isLegal =
    corsRulesProblem(rules) === undefined &&
    rules.every((rule) => Object.keys(corsRuleProblems(rule)).length === 0) &&
    [mine.logging, mine.hourMetrics, mine.minuteMetrics].every((one) => isRetentionLegal(one?.retention));
  const changesCors = changed.some((one) => one.section === 'cors');
  const lockedOut = changesCors && wayIn && !isRelayed ? pageAccess(rules, ...wayIn).refused : [];
  const problem = denialReason({
    isLegal,
    isChanged: changed.length > 0,
    isWarned: lockedOut.length > 0 && !isAware,
    isAsked: theirs !== undefined,
  });
  const { reason = problem } = useDialogContext();

  const saving = useMutation({
    ...saveServiceProperties(account),
    onSuccess: (result) => {
      if (result !== 'saved') return setTheirs({ now: result.conflict, sections: result.sections });
      toast({
        title: `Saved service properties of ${account.name}`,
        detail: 'Azure can take a minute to go by them.',
        tone: 'success',
      });
      onClose();
    },
  });

  function changeRules(changedRows: readonly CorsRow[]) {
    setRows(changedRows);
    // It was said of other rules.
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

  function submit(event: SubmitEvent) {
    event.preventDefault();
    if (reason === undefined && !saving.isPending) save(base);
  }

  return (
    <Dialog
      title={`Service properties of ${account.name}`}
      size="lg"
      onClose={onClose}
      dismissible={changed.length === 0}
      footer={
        <SaveFooter
          form={form}
          label="Save properties"
          reason={reason}
          effect={SAVING}
          isPending={saving.isPending}
          onClose={onClose}
        />
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-4 [&>*]:min-w-0">
        {tabs(
          <>
            {section === 'cors' && (
              <CorsEditor rows={rows} wayIn={wayIn} isRelayed={isRelayed} onChange={changeRules} />
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
        {section !== undefined && <p className="text-12 text-text-3 desk:hidden">{SAVING}</p>}
        {saving.error && <SaveFailure error={saving.error} needs={WRITING_NEEDS} />}
      </form>
    </Dialog>
  );
}

/** How this page stands to the account: `wayIn` is undefined in the sandbox, and a relay asks no rule either. */
function usePage(account: Account) {
  const connection = useConnection(account.id);
  const needsRule = connection === undefined || !isSandbox(connection);
  const wayIn: WayIn = [location.origin, appRequests(connection?.kind ?? 'key')];
  return { wayIn: needsRule ? wayIn : undefined, isRelayed: connection?.relay === true };
}

const isRetentionLegal = (retention: { enabled: boolean; days?: number } | undefined) =>
  !retention?.enabled ||
  (Number.isInteger(retention.days) && Number(retention.days) >= 1 && Number(retention.days) <= LONGEST_RETENTION_DAYS);

const SAVING = 'Only sections that changed are sent. Azure can take a minute to go by them.';

/** The reason why nothing can be saved now. */
function denialReason(state: Record<'isLegal' | 'isChanged' | 'isWarned' | 'isAsked', boolean>) {
  if (!state.isChanged) return NOTHING_CHANGED;
  if (!state.isLegal) return 'Azure would refuse this: see the fields marked';
  if (state.isWarned) return 'This would lock this page out: tick the box if you mean it';
  return state.isAsked ? 'Choose first what to do about the change of somebody else' : undefined;
}
