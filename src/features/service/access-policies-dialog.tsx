import { useMutation, useQuery } from '@tanstack/react-query';
import { KeyRound, Plus, TriangleAlert } from 'lucide-react';
import { useRef, useState } from 'react';
import { AsCode } from '@/actions/as-code';
import { ConflictStrip } from '@/actions/conflict-strip';
import { MOST_POLICIES } from '@/azure/protocol/limits';
import type { AccessPolicy, Account } from '@/azure/protocol/model';
import { READ_ONCE } from '@/queries/live';
import { isSameValue } from '@/queries/same-value';
import { accessPolicies, saveAccessPolicies } from '@/queries/service';
import { useAccount } from '@/queries/use-account';
import { useConnection } from '@/state/connections/connections';
import { FailureView } from '@/state/navigation/failure-view';
import { policiesReason } from '@/state/permissions/access-policy-permission';
import { Button } from '@/ui/controls/button';
import { Strip } from '@/ui/feedback/failure';
import { Skeleton } from '@/ui/feedback/skeleton';
import { StatePanel } from '@/ui/feedback/state-panel';
import { Dialog, FormDialog } from '@/ui/overlay/dialog';
import { toast } from '@/ui/overlay/toast-store';
import { counted } from '@/words/counts';
import { DifferenceLines } from './difference-view';
import { PolicyItem } from './policy-item';
import {
  newPolicyRow,
  type PolicyEffects,
  type PolicyRow,
  policyEffects,
  policyLine,
  policyProblems,
  toPolicy,
  toPolicyRow,
} from './policy-rows';
import { diffLines } from './property-lines';
import { NOTHING_CHANGED, POLICIES_NEED, SaveFailure, SaveNote } from './required-permissions';

type AccessPoliciesDialogProps = { connectionId: string; queue: string; onClose: () => void };

export default function AccessPoliciesDialog({ connectionId, ...rest }: AccessPoliciesDialogProps) {
  const account = useAccount(connectionId);
  const reason = policiesReason(useConnection(connectionId)?.kind);
  if (reason !== undefined) return <Refused reason={reason} {...rest} />;
  return account && <AccessPoliciesOf account={account} {...rest} />;
}

function Refused({ queue, reason, onClose }: { queue: string; reason: string; onClose: () => void }) {
  return (
    <Dialog title={`Access policies of ${queue}`} onClose={onClose} textOnly>
      <StatePanel icon={<KeyRound className="size-5" />} title="This credential cannot do that">
        <p>{reason}</p>
      </StatePanel>
    </Dialog>
  );
}

type AccessPoliciesOfProps = { account: Account; queue: string; onClose: () => void };

/** Edits the stored access policies of a queue, as the service has them now. */
export function AccessPoliciesOf({ account, queue, onClose }: AccessPoliciesOfProps) {
  const { data, error, refetch } = useQuery({
    ...accessPolicies(account, queue),
    ...READ_ONCE,
  });
  if (data) return <EditPolicies account={account} queue={queue} loaded={data} onClose={onClose} />;
  return (
    <Dialog title={`Access policies of ${queue}`} size="lg" onClose={onClose}>
      {error ? (
        <>
          <FailureView error={error} connectionId={account.id} onRetry={() => void refetch()} />
          <p className="mt-3 text-12 text-text-3">{POLICIES_NEED}</p>
        </>
      ) : (
        <Skeleton label={`Reading access policies of ${queue}`} columns={[160, 320]} rows={3} />
      )}
    </Dialog>
  );
}

function EditPolicies({ account, queue, loaded, onClose }: AccessPoliciesOfProps & { loaded: AccessPolicy[] }) {
  const [rows, setRows] = useState<readonly PolicyRow[]>(() => loaded.map(toPolicyRow));
  // `base`: the policies when last read; `theirs`: other policies that the service has by now.
  const [base, setBase] = useState(loaded);
  const [theirs, setTheirs] = useState<AccessPolicy[]>();
  const adding = useRef<HTMLButtonElement>(null);
  const mine = rows.map(toPolicy);
  const isChanged = !isSameValue(base, mine);
  const isLegal = rows.every((row) => Object.keys(policyProblems(row, rows)).length === 0);
  const isFull = rows.length >= MOST_POLICIES;
  const isNamed = rows.every(({ id }) => id !== '');
  const reason = unsavedReason({ isChanged, isNamed, isLegal, isAsked: theirs !== undefined });

  const saving = useMutation({
    ...saveAccessPolicies(account, queue),
    onSuccess: (result) => {
      if (result !== 'saved') return setTheirs(result.conflict);
      toast({
        title: `Saved access policies of ${queue}`,
        detail: 'A new policy can take 30 seconds to work.',
        tone: 'success',
      });
      onClose();
    },
  });

  function save(expected: AccessPolicy[]) {
    setTheirs(undefined);
    setBase(expected);
    saving.mutate({ mine, base: expected });
  }

  function take(policies: AccessPolicy[]) {
    setRows(policies.map(toPolicyRow));
    setBase(policies);
    setTheirs(undefined);
  }

  return (
    <FormDialog
      title={`Access policies of ${queue}`}
      size="lg"
      onClose={onClose}
      dismissible={!isChanged}
      label="Save policies"
      reason={reason}
      isOff={saving.isPending}
      note={<SaveNote reason={reason} effect={SAVING} />}
      onSubmit={() => save(base)}
      className="[&>*]:min-w-0"
    >
      <p className="text-12 text-pretty text-text-3">
        A shared access signature can name a policy instead of its own permissions and times. Removing the policy
        revokes every signature that names it, which otherwise takes a new account key.
      </p>
      {rows.length === 0 && (
        <p className="rounded-8 bg-sunken px-3 py-3 text-text-2">No policies. A queue can have up to five.</p>
      )}
      <ul className="grid gap-2">
        {rows.map((row, index) => (
          <PolicyItem
            key={row.key}
            row={row}
            position={index + 1}
            problems={policyProblems(row, rows)}
            onChange={(change) => setRows(rows.map((one) => (one === row ? { ...row, ...change } : one)))}
            onRemove={() => {
              setRows(rows.filter((one) => one !== row));
              // The pressed button disappears.
              adding.current?.focus();
            }}
          />
        ))}
      </ul>
      <div>
        <Button
          ref={adding}
          icon={<Plus />}
          reason={
            isFull ? `Azure keeps at most ${counted(MOST_POLICIES, 'policy', 'policies')} for a queue` : undefined
          }
          onClick={() => setRows([...rows, newPolicyRow()])}
        >
          Add policy
        </Button>
      </div>
      {isChanged && (
        <section aria-label="Difference from what is stored">
          <h3 className="text-12 font-semibold">Difference from what is stored</h3>
          <DifferenceLines lines={diffLines(base.map(policyLine), mine.map(policyLine))} />
        </section>
      )}
      <PolicyEffectsNote effects={policyEffects(base, mine)} />
      {theirs && (
        <ConflictStrip
          title="The access policies changed since you opened them"
          theirs={[{ name: 'Access policies', lines: theirs.map(policyLine) }]}
          onTake={() => take(theirs)}
          onReplace={() => save(theirs)}
        />
      )}
      <AsCode account={account} operation={{ name: 'Set Queue ACL', queue, policies: mine }} />
      <p className="text-12 text-text-3 desk:hidden">{SAVING}</p>
      {saving.error && <SaveFailure error={saving.error} needs={POLICIES_NEED} />}
    </FormDialog>
  );
}

const SAVING = 'Saving replaces all policies of the queue. A new one can take 30 seconds to work.';

/** Why nothing can be saved now; undefined when it can. */
function unsavedReason(state: Record<'isChanged' | 'isNamed' | 'isLegal' | 'isAsked', boolean>) {
  if (!state.isChanged) return NOTHING_CHANGED;
  if (!state.isNamed) return 'A policy has no id yet';
  if (!state.isLegal) return 'Azure would refuse this: see the marked fields';
  return state.isAsked ? 'Choose between your changes and those of somebody else first' : undefined;
}

/** Warns what saving does to existing signatures; nothing when it does nothing. */
function PolicyEffectsNote({ effects: { revoked, changed } }: { effects: PolicyEffects }) {
  if (revoked.length === 0 && changed.length === 0) return null;
  return (
    <Strip
      tone="warn"
      icon={<TriangleAlert />}
      title={revoked.length > 0 ? 'Signatures stop working' : 'Signatures change'}
      className="rounded-8"
    >
      {revoked.length > 0 && <p>Every shared access signature that names {named(revoked)} stops working at once.</p>}
      {changed.length > 0 && <p>Every signature that names {named(changed)} follows the changed policy.</p>}
    </Strip>
  );
}

const named = (ids: readonly string[]) => ids.map((id) => `“${id}”`).join(' or ');
