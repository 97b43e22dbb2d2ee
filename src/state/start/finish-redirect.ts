import { create } from 'zustand';
import { errorMessage } from '@/azure/protocol/errors';
import { besideOther } from '../connections/beside';
import { addConnection, currentConnections, renewConnection } from '../connections/connections';
import type { Keep } from '../connections/vault-entries';
import type { SignInApp } from '../sign-in/app-registration';
import type { SignedIn } from '../sign-in/msal';
import { SIGN_IN_NOTE } from '../tab/session-storage-keys';

/** Purpose of a sign-in: a connection to add, or an existing one (`renews`). */
export type ReturnPlan =
  | {
      account: string;
      endpoint: string;
      secondaryEndpoint?: string | undefined;
      keep: Keep;
      /** The queue to open then. */
      queue?: string | undefined;
    }
  | { renews: string };

const store = create<{ problem: string | undefined }>(() => ({ problem: undefined }));

/** Why the redirect sign-in failed; undefined without one, or when it succeeded. */
export const useReturnProblem = () => store((state) => state.problem);

/** Redirects to the sign-in. @throws Error with a readable message */
export async function leaveToSignIn(app: SignInApp, plan: ReturnPlan, hint?: string) {
  const { signInByRedirect } = await import('../sign-in/msal');
  sessionStorage.setItem(SIGN_IN_NOTE, JSON.stringify({ app, plan }));
  await signInByRedirect(app, hint);
}

type SignedInTo = { id: string; queue?: string | undefined };

/**
 * Continues after a redirect sign-in, if there was one. Needs the stored connections. Resolves to the id of its connection and
 * the queue to open there.
 */
export async function finishSignIn(): Promise<SignedInTo | undefined> {
  const note = takeNote();
  if (!note) return undefined;
  try {
    const { returnedSignIn } = await import('../sign-in/msal');
    const signedIn = await returnedSignIn(note.app);
    if (signedIn) return await carryOut(note.plan, signedIn);
    store.setState({ problem: 'Signing in was called off.' });
  } catch (error) {
    store.setState({ problem: errorMessage(error) });
  }
  return undefined;
}

async function carryOut(plan: ReturnPlan, { signIn, token }: SignedIn): Promise<SignedInTo> {
  const holder = { who: signIn.username };
  if ('renews' in plan) {
    if (currentConnections().some(({ id }) => id === plan.renews))
      await renewConnection(plan.renews, token, { holder, signIn });
    return { id: plan.renews };
  }
  const { keep, secondaryEndpoint, queue, ...where } = plan;
  const { id } = await addConnection(
    {
      ...where,
      ...besideOther(where),
      ...(secondaryEndpoint && { secondaryEndpoint }),
      credential: { kind: 'token', token: '' },
      holder,
      signIn,
    },
    keep,
  );
  return { id, queue };
}

function takeNote(): { app: SignInApp; plan: ReturnPlan } | undefined {
  try {
    const note = sessionStorage.getItem(SIGN_IN_NOTE);
    sessionStorage.removeItem(SIGN_IN_NOTE);
    return note === null ? undefined : (JSON.parse(note) as { app: SignInApp; plan: ReturnPlan });
  } catch {
    return undefined;
  }
}
